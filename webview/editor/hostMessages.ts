import { checkHierarchy, type Hierarchy } from '../../mask/regions/hierarchy';
import type { RegionMap } from '../../mask/regions/regionMap';
import { pageActions } from '../../protocol/pageActions';
import type { ComparisonTarget, EditorHostMessage, MaskView, EditorPageMessage } from '../../protocol/editorPage';

/** The interface of the host in a webview. */
interface VsCodeApi {
  postMessage(message: EditorPageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

/** The connection of the page to its host. */
export interface Host {
  post(message: EditorPageMessage): void;
  /** The state that was saved for this tab, of any shape; undefined when the tab is new. */
  savedState(): unknown;
  saveState(state: unknown): void;
}

/** Connects to the host. Invalid messages are reported to `onInvalid` and ignored. */
export function connect(onMessage: (message: EditorHostMessage) => void, onInvalid: (why: string) => void): Host {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const why = invalidReason(event.data);
    if (why === null) onMessage(event.data as EditorHostMessage);
    else onInvalid(why);
  });
  return {
    post: message => {
      api.postMessage(message);
    },
    savedState: () => api.getState(),
    saveState: state => {
      api.setState(state);
    },
  };
}

/** The reason why a message is invalid; null when it is valid: sizes match, and no id points outside its table. */
export function invalidReason(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return 'a message without a type';
  const any = message as EditorHostMessage;
  switch (any.type) {
    case 'picture':
      return any.bytes instanceof Uint8Array ? null : 'a picture without bytes';
    case 'regions':
      return invalidRegions(any);
    case 'hierarchy':
      return any.hierarchy === null ? null : invalidHierarchy(any.hierarchy);
    case 'mask':
      return any.mask === null ? null : invalidMask(any.mask);
    case 'compare':
      return any.against?.kind === 'mask' ? invalidOther(any.against) : null;
    case 'patch':
      return invalidPatch(any);
    case 'classes':
      return any.classes === null || Array.isArray(any.classes) ? null : 'classes that are no list';
    case 'act':
      return pageActions.includes(any.action) ? null : 'an action that is none';
    case 'keys':
    case 'display':
    case 'info':
    case 'segmentation':
    case 'answer':
    case 'finishEdits':
    case 'names':
    case 'problem':
      return null;
    default:
      return 'a message of an unknown type';
  }
}

function invalidMask(mask: MaskView): string | null {
  return mask.labelOf instanceof Uint16Array && Array.isArray(mask.labels) ? null : 'a mask without labels';
}

function invalidOther(other: Extract<ComparisonTarget, { kind: 'mask' }>): string | null {
  return (
    invalidRegions(other) ??
    invalidMask(other.mask) ??
    (other.mask.labelOf.length === other.count ? null : 'a mask to compare with that does not fit its regions')
  );
}

function invalidRegions({ width, height, count, ids }: RegionMap): string | null {
  if (!(ids instanceof Uint16Array) || ids.length !== width * height || ids.length === 0)
    return 'a region map that does not fit its size';
  return ids.some(id => id >= count) ? 'a region map with ids above its count' : null;
}

function invalidPatch({ count, starts, lengths, ids }: Extract<EditorHostMessage, { type: 'patch' }>): string | null {
  const whole =
    starts instanceof Uint32Array &&
    lengths instanceof Uint32Array &&
    ids instanceof Uint16Array &&
    starts.length === ids.length &&
    lengths.length === ids.length;
  return whole && ids.every(id => id < count) ? null : 'changes of the region map that make no sense';
}

function invalidHierarchy(hierarchy: Hierarchy): string | null {
  try {
    checkHierarchy(hierarchy);
    return null;
  } catch (error) {
    return `a hierarchy that is none: ${String(error)}`;
  }
}
