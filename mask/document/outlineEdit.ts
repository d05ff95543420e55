import { runsOfRegions } from '../regions/runSets';
import type { Ring } from '../shapes/simplifyRings';
import type { MaskDocument } from './maskDocument';
import { background, type MaskState } from './maskState';
import { outlineChange } from './outlineChange';
import { StateBuilder } from './stateBuilder';

/**
 * Gives a label another outline; see `outlineChange` for what becomes of the pixels in between.
 * @returns null when no pixel changes
 * @throws Error when there is no such label, or when it is locked
 */
export function reshape(document: MaskDocument, value: number, rings: readonly Ring[]): MaskState | null {
  const builder = new StateBuilder(document);
  const label = builder.editable(value);
  const { labelOf, labels } = builder.view;
  const { ids, width, height } = document.state.regions;
  const locked = new Set(labels.filter(one => one.locked).map(one => one.value));
  const inside = Uint8Array.from(labelOf, one => (one === value ? 1 : 0));
  const { gained, lost } = outlineChange(
    {
      width,
      height,
      value,
      runs: runsOfRegions(ids, inside),
      valueAt: p => labelOf[ids[p]],
      isLocked: one => locked.has(one),
    },
    rings,
  );
  if (gained.length === 0 && lost.size === 0) return null;
  // Labels are made fixed before any pixel moves: a fixed label takes all regions that it had.
  const target = builder.makeFixed(label);
  const receivers = [...lost].map(
    ([into, runs]) => [into === 0 ? background : builder.makeFixed(builder.editable(into)), runs] as const,
  );
  builder.givePixels(gained, target);
  for (const [receiver, runs] of receivers) builder.givePixels(runs, receiver);
  return builder.finish();
}
