import { checkHierarchy, type Hierarchy } from '../../mask/regions/hierarchy';
import type { RegionMap } from '../../mask/regions/regionMap';
import { pageActions } from '../../protocol/pageActions';
import type { ComparisonTarget, EditorHostMessage, MaskView, EditorPageMessage } from '../../protocol/editorPage';

/** The host's side as a webview sees it. */
interface VsCodeApi {
  postMessage(message: EditorPageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface Host {
  post(message: EditorPageMessage): void;
  /** What was kept for this tab, of any shape; undefined when it is new. */
  kept(): unknown;
  keep(state: unknown): void;
}

/** Connects to the host. Messages that are not sound are reported to `onUnsound` and go no further. */
export function connect(onMessage: (message: EditorHostMessage) => void, onUnsound: (why: string) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const why = unsound(event.data);
    if (why === null) onMessage(event.data as EditorHostMessage);
    else onUnsound(why);
  });
  return {
    post: message => {
      api.postMessage(message);
    },
    kept: () => api.getState(),
    keep: state => {
      api.setState(state);
    },
  };
}

/** Why a message must not be used, or null when it is sound: sizes fit, and no id points outside its table. */
export function unsound(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return 'a message without a type';
  const any = message as EditorHostMessage;
  switch (any.type) {
    case 'picture':
      return any.bytes instanceof Uint8Array ? null : 'a picture without bytes';
    case 'regions':
      return unsoundRegions(any);
    case 'hierarchy':
      return any.hierarchy === null ? null : unsoundHierarchy(any.hierarchy);
    case 'mask':
      return any.mask === null ? null : unsoundMask(any.mask);
    case 'compare':
      return any.against?.kind === 'mask' ? unsoundOther(any.against) : null;
    case 'patch':
      return unsoundPatch(any);
    case 'act':
      return pageActions.includes(any.action) ? null : 'an action that is none';
    case 'keys':
    case 'info':
    case 'segmentation':
    case 'answer':
    case 'names':
    case 'problem':
      return null;
    default:
      return 'a message of an unknown type';
  }
}

function unsoundMask(mask: MaskView): string | null {
  return mask.labelOf instanceof Uint16Array && Array.isArray(mask.labels) ? null : 'a mask without labels';
}

function unsoundOther(other: Extract<ComparisonTarget, { kind: 'mask' }>): string | null {
  return (
    unsoundRegions(other) ??
    unsoundMask(other.mask) ??
    (other.mask.labelOf.length === other.count ? null : 'a mask to compare with that does not fit its regions')
  );
}

function unsoundRegions({ width, height, count, ids }: RegionMap): string | null {
  if (!(ids instanceof Uint16Array) || ids.length !== width * height || ids.length === 0)
    return 'a region map that does not fit its size';
  return ids.some(id => id >= count) ? 'a region map with ids above its count' : null;
}

function unsoundPatch({ count, starts, lengths, ids }: Extract<EditorHostMessage, { type: 'patch' }>): string | null {
  const whole =
    starts instanceof Uint32Array &&
    lengths instanceof Uint32Array &&
    ids instanceof Uint16Array &&
    starts.length === ids.length &&
    lengths.length === ids.length;
  return whole && ids.every(id => id < count) ? null : 'changes of the region map that make no sense';
}

function unsoundHierarchy(hierarchy: Hierarchy): string | null {
  try {
    checkHierarchy(hierarchy);
    return null;
  } catch (error) {
    return `a hierarchy that is none: ${String(error)}`;
  }
}
