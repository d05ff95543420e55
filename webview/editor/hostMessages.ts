import type { ImageView } from '../../mask/document/imageView';
import { reasonOf } from '../../mask/errors';
import { checkHierarchy, type Hierarchy } from '../../mask/regions/hierarchy';
import { unpackMap, type PackedMap } from '../../mask/regions/packedMap';
import type { RegionMap } from '../../mask/regions/regionMap';
import { pageActions } from '../../protocol/pageActions';
import type {
  ComparisonTarget,
  EditorHostMessage,
  EditorHostPost,
  MaskView,
  EditorPageMessage,
} from '../../protocol/editorPage';

/** The interface of the host in a webview. */
interface VsCodeApi {
  postMessage(message: EditorPageMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;
declare global {
  interface Window {
    /** The messages that came before the page's script ran; see `pageHtml`. */
    earlyMessages?: unknown[];
  }
}

/** The connection of the page to its host. */
export interface Host {
  post(message: EditorPageMessage): void;
  /** Handles the messages that have come so far, and tells the host that the page has loaded. */
  begin(view: ImageView | null): void;
  /** The state that was saved for this tab, of any shape; undefined when the tab is new. */
  savedState(): unknown;
  saveState(state: unknown): void;
}

/** A message as it is handled: its region map is unpacked. */
export type ReceivedMessage = Exclude<EditorHostMessage, { type: 'regions' }> | ({ type: 'regions' } & RegionMap);

/** Connects to the host, whose messages are handled from `begin` on. Invalid ones are ignored but for `onInvalid`. */
export function connect(onMessage: (message: ReceivedMessage) => void, onInvalid: (why: string) => void): Host {
  const api = acquireVsCodeApi();
  let posts = 0;
  const receive = (data: unknown): void => {
    const post = data as EditorHostPost | null;
    if (post?.type === 'sent') {
      if (posts < post.posts) api.postMessage({ type: 'ready' });
      return;
    }
    posts++;
    for (const message of post?.type === 'several' ? post.messages : [post]) {
      const received = receiveMessage(message);
      if (typeof received === 'string') onInvalid(received);
      else onMessage(received);
    }
  };
  return {
    begin: view => {
      for (const data of window.earlyMessages ?? []) receive(data);
      delete window.earlyMessages;
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        receive(event.data);
      });
      api.postMessage({ type: 'ready', ...(view && { view }) });
    },
    post: message => {
      api.postMessage(message);
    },
    savedState: () => api.getState(),
    saveState: state => {
      api.setState(state);
    },
  };
}

/** Unpacks a message; the reason where it is invalid: sizes do not match, or an id points outside its table. */
export function receiveMessage(message: unknown): ReceivedMessage | string {
  const reason = invalidReason(message);
  if (reason !== null) return reason;
  const valid = message as EditorHostMessage;
  if (valid.type !== 'regions') return valid;
  try {
    return { type: 'regions', ...unpackMap(valid) };
  } catch (error) {
    return `a region map that is none: ${reasonOf(error)}`;
  }
}

function invalidReason(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return 'a message without a type';
  const any = message as EditorHostMessage;
  switch (any.type) {
    case 'picture':
      return any.bytes instanceof Uint8Array ? null : 'a picture without bytes';
    case 'regions':
      return invalidPacked(any);
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

function invalidPacked({ width, height, runs }: PackedMap): string | null {
  const hasSize = [width, height].every(side => Number.isInteger(side) && side > 0);
  return hasSize && runs instanceof Uint8Array ? null : 'a region map without a size or pixels';
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
