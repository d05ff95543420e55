import type { SavedStatus } from './maskStatus';
import type { MaskState } from './maskState';
import { isMadeByHand } from './segmentation';

/**
 * The status of a mask. One that has none, as masks of earlier versions and of other programs, is `edited` where a
 * person made or changed it as far as it tells, else `proposed`.
 */
export function statusOf(state: Pick<MaskState, 'status' | 'run' | 'pins' | 'properties'>): SavedStatus {
  if (state.status) return state.status;
  const isLocked = [...state.properties.values()].some(({ locked }) => locked);
  return isLocked || isMadeByHand(state) ? 'edited' : 'proposed';
}

/** The state with another status; null when it has that status already. */
export function withStatus(state: MaskState, status: SavedStatus): MaskState | null {
  return statusOf(state) === status ? null : { ...state, status };
}
