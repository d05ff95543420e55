import * as z from 'zod';
import { imageViewSchema, type ImageView } from '../mask/document/imageView';
import type { Hierarchy } from '../mask/regions/hierarchy';
import type { PackedMap } from '../mask/regions/packedMap';
import type { ClassEntry } from '../mask/classes/classListSchema';
import type { ClassInfo } from '../mask/classes/classInfo';
import type { Label, MaskView } from '../mask/document/maskDocument';
import type { ImageHeader } from './imageMessages';
import type { PageAction } from './pageActions';
import { displayChannels, displayRanges, type PictureDisplay } from './pictureDisplay';
import { parseFromPage } from './pageMessage';

export type { Label, MaskView };

/**
 * Messages between the mask editor's host (a custom document in the extension host) and its page (a webview). The
 * document lives in the host; the page draws it and asks for edits. Pixels travel as typed arrays.
 */

/** The progress of a segmentation, and the numbers of its last preview. */
export interface SegmentationProgress {
  state: 'running';
  iteration: number;
  iterations: number;
  labels: number;
  regions: number;
  loss: number | null;
}

/** What the mask is compared with. */
export type ComparisonTarget =
  | { kind: 'picture' }
  /** The mask's own hierarchy at another granularity, for which the page has a slider; this is its first value. */
  | { kind: 'granularity'; granularity: number }
  /** Another mask of the picture. */
  | { kind: 'mask'; name: string; width: number; height: number; count: number; ids: Uint16Array; mask: MaskView };

/** What there is to choose from in an image file whose values are not those of the picture. */
export interface PictureSource {
  readonly kind: ImageHeader['kind'];
  readonly bands: number;
  readonly pages: number;
  /** What the picture shows. */
  readonly view: ImageView;
  /** The values that are black and white, where they are not those of the type. */
  readonly range?: { readonly low: number; readonly high: number };
}

/** What the host knows of the class file of the image's folder. */
export interface ClassesMessage {
  type: 'classes';
  /** The classes, those of the last good state of the file; null where there is no file, or never was a good one. */
  classes: readonly ClassEntry[] | null;
  /** The file's name, and what is wrong with it, a clause; null where there is none. */
  file: { name: string; problem?: string } | null;
}

/** What the host posts to the mask editor's page. */
export type EditorHostPost =
  | EditorHostMessage
  | { type: 'several'; messages: EditorHostMessage[] }
  /** How many others were posted before the page said that it is ready: one that got fewer says so again. */
  | { type: 'sent'; posts: number };

/** A message from the host to the mask editor's page. */
export type EditorHostMessage =
  /**
   * The picture's file bytes where the browser decodes them to what a segmentation sees, else PNG bytes made by the
   * server. Width and height are those that a segmentation sees, where the host knows them; a page that decodes the
   * bytes to another size answers `pictureDiffers`.
   */
  | {
      type: 'picture';
      name: string;
      bytes: Uint8Array;
      mime: string;
      width?: number;
      height?: number;
      source?: PictureSource;
    }
  /**
   * Answers `info`: the file's size in bytes and its header, where they are known; `reason` says why something is not.
   */
  | { type: 'info'; bytes: number | null; header: ImageHeader | null; reason?: string }
  /** Starts a comparison of the mask with something, or ends it. */
  | { type: 'compare'; against: ComparisonTarget | null }
  /**
   * A new pixel map. `width × height` may be below the picture's in previews; the page scales it by nearest neighbour.
   */
  | ({ type: 'regions' } & PackedMap)
  /**
   * Changes of the map last sent, after an edit or its undoing: `lengths[i]` pixels from `starts[i]` on, in reading
   * order, have the id `ids[i]` now. `count` as in `regions`.
   */
  | { type: 'patch'; count: number; starts: Uint32Array; lengths: Uint32Array; ids: Uint16Array }
  /** The hierarchy of the mask; null where it has none and the slider is off, for the `reason` given. */
  | { type: 'hierarchy'; hierarchy: Hierarchy | null; reason?: string }
  /** The mask after an edit, an undo, a preview or a segmentation; answers every `edit`. */
  | { type: 'mask'; mask: MaskView | null }
  /** Names that labels can be given, in the order of their number keys. */
  | { type: 'names'; names: ClassInfo[] }
  | ClassesMessage
  /** The edit of this id has been made or refused. The mask after it has been sent before. */
  | { type: 'answer'; id: number }
  /** Performs an action as a key or a button of the page does. */
  | { type: 'act'; action: PageAction }
  /** Asks to be told, by `editsMade` with this id, when the edits that the user has begun so far have been answered. */
  | { type: 'finishEdits'; id: number }
  /** Whether keys of single characters are on. */
  | { type: 'keys'; single: boolean }
  /** How all pictures of the window are displayed; null: each as its own page says. */
  | { type: 'display'; display: PictureDisplay | null }
  | { type: 'segmentation'; progress: SegmentationProgress | null }
  /** Why the last request could not be carried out. */
  | { type: 'problem'; message: string };

const side = z.int().min(1).max(0xffff);

const adjustment = ({ least, most }: { readonly least: number; readonly most: number }) =>
  z.number().min(least).max(most);
const display = z.strictObject({
  brightness: adjustment(displayRanges.brightness),
  contrast: adjustment(displayRanges.contrast),
  gamma: adjustment(displayRanges.gamma),
  local: adjustment(displayRanges.local),
  channel: z.enum(displayChannels),
});

const editorPageMessage = z.discriminatedUnion('type', [
  /**
   * The page has loaded. What it shows is posted when its HTML is set, and once more where a page says this again: one
   * that VS Code made anew, or that did not get all. `view` is what was chosen of the image file before a reload.
   */
  z.strictObject({ type: z.literal('ready'), view: imageViewSchema.optional() }),
  /** The picture is on the screen, or cannot be shown. */
  z.strictObject({ type: z.literal('shown') }),
  /** Shows another range, other bands or another page of the image file. */
  z.strictObject({ type: z.literal('view'), view: imageViewSchema }),
  /** The browser decodes the picture to another size than the server, or not at all: the server's own is wanted. */
  z.strictObject({ type: z.literal('pictureDiffers') }),
  /** Asks the user what to compare the mask with. */
  z.strictObject({ type: z.literal('compareWith') }),
  z.strictObject({ type: z.literal('stopComparing') }),
  /** Requests the facts about the image's file; answered by `info`. */
  z.strictObject({ type: z.literal('info') }),
  /**
   * An `EditRequest`, which becomes one undoable edit. With an id it is answered by an `answer`, malformed or not: so
   * its content is checked when it is carried out.
   */
  z.strictObject({ type: z.literal('edit'), edit: z.looseObject({ kind: z.string() }), id: z.int().min(0).optional() }),
  /** Answers `finishEdits`. */
  z.strictObject({ type: z.literal('editsMade'), id: z.int().min(0) }),
  /** Begins an empty mask of the size at which the page shows the picture, where there is none. */
  z.strictObject({ type: z.literal('begin'), width: side, height: side }),
  /** Displays all pictures of the window alike, or each as its own page says. */
  z.strictObject({ type: z.literal('display'), display: display.nullable() }),
  /** Asks the user for the classes of a new class file. */
  z.strictObject({ type: z.literal('newClassList') }),
  /** Opens the class file in a text editor. */
  z.strictObject({ type: z.literal('openClassFile') }),
  z.strictObject({ type: z.literal('segment') }),
  z.strictObject({ type: z.literal('segmentScribbles') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('cancel') }),
]);

/** A message from the mask editor's page to the host. */
export type EditorPageMessage = z.infer<typeof editorPageMessage>;

/** Checks a message from the mask editor's page. @throws Error when the page may not send it */
export function parseEditorPageMessage(untrusted: unknown): EditorPageMessage {
  return parseFromPage(editorPageMessage, untrusted, 'The mask editor sent something unknown');
}
