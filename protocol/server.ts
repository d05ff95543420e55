import {
  NotificationType,
  RequestType,
  type ProgressToken,
  type WorkDoneProgressParams,
} from 'vscode-languageserver-protocol';
import type { BackendName, MethodName, OutputFormat } from './settings';

/**
 * Messages between client and language server, beyond the standard ones. Standard ones in use:
 * `workspace/configuration` (settings, asked for at every request), `$/progress`, `$/cancelRequest`,
 * `textDocument/publishDiagnostics`.
 */

/** A region map as it crosses JSON: little-endian 16-bit ids, zlib-deflated, base64. */
export interface EncodedRegions {
  width: number;
  height: number;
  count: number;
  ids: string;
}

/**
 * A hierarchy as it crosses JSON: `left`, `right` (32-bit) and `levels` (32-bit floats), each little-endian, deflated,
 * base64.
 */
export interface EncodedHierarchy {
  count: number;
  left: string;
  right: string;
  levels: string;
}

/** What a run did to one image; part of results, of the sidecar and of the command line's JSON. */
export interface RunSummary {
  method: MethodName | 'scribbles';
  /** The method's parameters as used; of an adapted network the steps that it was trained. */
  parameters: Record<string, number>;
  /** Of an adapted network: the run's name, and its classes by index. */
  model?: string;
  classes?: { name: string; colour: string }[];
  seed: number;
  backend: Exclude<BackendName, 'auto'>;
  granularity: number;
  iterations: number;
  /** Wall-clock seconds from file to result. */
  seconds: number;
  /** True when *Stop* ended training before it was done. */
  stopped: boolean;
  /** Present when memory limits made the network train at less than the method's own size: the size used, and why. */
  reduced?: { width: number; height: number; reason: string };
}

/** A finished segmentation for the editor. Region ids are at the image's displayed size, EXIF orientation applied. */
export interface SegmentationPayload {
  regions: EncodedRegions;
  hierarchy: EncodedHierarchy;
  /** Where the summary has classes: the class of each region, one byte each, deflated, base64. */
  regionClasses?: string;
  /** With scribbles: the number of the label that each region is of, 255 for none; packed alike. */
  scribbleClasses?: string;
  summary: RunSummary;
}

/** A result above 8 MB of JSON goes by a temporary file holding that JSON, which its reader deletes. */
export type ByFile<T> = T | { file: string };

export type SegmentTarget =
  /** Return the segmentation to the caller, with `labelless/preview` notifications on the way. */
  | 'return'
  /** Write mask and sidecar (and the formats of `labelless.output.formats`) and return their paths. */
  | 'write';

/** Strokes that say what a segmentation shall find. */
export interface ScribbleParams {
  /** Labels among the strokes; their numbers are below this. */
  classes: number;
  /** `size` is the width in pixels; points are x, y, x, y … in pixels of the image as displayed. */
  strokes: { class: number; size: number; points: number[] }[];
}

export interface SegmentParams extends WorkDoneProgressParams {
  /**
   * `file:` URIs of images; with target `write` also of folders, whose images are taken (not Labelless's own outputs).
   */
  uris: string[];
  target: SegmentTarget;
  /** With target `return` and one image: segment by these strokes instead of by the method of the settings. */
  scribbles?: ScribbleParams;
  /** URIs that a batch must leave alone, for example because their mask has unsaved edits. They have no outcome. */
  skip?: string[];
  /**
   * Train one network on the images together (of more than 16 on some, evenly spread) and label all by it: a label has
   * one meaning, name and colour in all. Names in the masks that they have are kept. With method `clustering`.
   */
  together?: boolean;
  /** In place of the setting `method`. */
  method?: MethodName;
  /** In place of the setting `adaptation.checkpoint`: absolute path of a run's folder. */
  checkpoint?: string;
}

export type SegmentOutcome =
  | { uri: string; segmentation: ByFile<SegmentationPayload> }
  | { uri: string; written: string[]; regions: number; summary: RunSummary }
  | { uri: string; error: string; setting?: string };

export interface SegmentResult {
  outcomes: SegmentOutcome[];
  cancelled: boolean;
}

/**
 * Segments images. One outcome an image, in order; a failed image never fails the rest. Cancelling throws away the
 * image in work; images already written stay. Errors of single images are outcomes; the request itself fails only when
 * wrongly called.
 */
export const SegmentRequest = new RequestType<SegmentParams, SegmentResult, void>('labelless/segment');

/**
 * Ends the training of a running segment request, named by its workDoneToken, now, keeping the best result so far. In a
 * batch it ends the image in work; the rest goes on.
 */
export const StopNotification = new NotificationType<{ token: ProgressToken }>('labelless/stop');

export interface PreviewParams {
  /** The segment request's workDoneToken. */
  token: ProgressToken;
  uri: string;
  /** Counts up from 0 within a request and image; a reader drops what comes late. */
  sequence: number;
  /**
   * Sent with the first preview and whenever the base regions change; at working size, which may be below the image's.
   */
  regions?: EncodedRegions;
  hierarchy: EncodedHierarchy;
  iteration: number;
  iterations: number;
  /** Labels that the network still uses; 0 before training. */
  labels: number;
  /** Null before training. */
  loss: number | null;
}

/** A segmentation on its way to the final one: the first from colour alone, then as training goes on. */
export const PreviewNotification = new NotificationType<PreviewParams>('labelless/preview');

/** What an image file's header tells; sizes in pixels, EXIF orientation applied. */
export interface ImageHeader {
  /** `png`, `jpeg`, … */
  kind: string;
  width: number;
  height: number;
  channels: number;
  /** Bits of one channel. */
  depth: number;
  /** Pages or frames, of which the first is used. */
  pages: number;
  /** Bytes of the file. */
  size: number;
  /** Of EXIF, 1 … 8, where the file says it. */
  orientation?: number;
}

/** Reads an image file's header, without decoding the picture. */
export const HeaderRequest = new RequestType<{ uri: string }, ImageHeader, void>('labelless/header');

export interface ExportParams {
  /** `file:` URI of the image. */
  uri: string;
  /** The image's mask as a backup holds it, saved or not: see `toBackup`. */
  mask: string;
  formats: OutputFormat[];
}

export interface ExportResult {
  /** Absolute paths. */
  written: string[];
  /** What formats could not hold, a sentence's part each. */
  lost: string[];
  /** Names that labels without one got, where a format wants names. */
  generated: string[];
}

/** Writes a mask in other formats, into the folder of the settings or beside its image; all of them or none. */
export const ExportRequest = new RequestType<ExportParams, ExportResult, void>('labelless/export');

export interface ExportSetParams extends WorkDoneProgressParams {
  /** `file:` URIs of images and of their saved masks. */
  images: { uri: string; mask: string }[];
  format: OutputFormat;
  /** `file:` URI of the folder to write into. */
  folder: string;
  /**
   * Whether files of earlier exports may be replaced, which is so unless told; where not, and there are any, nothing is
   * exported.
   */
  replace?: boolean;
}

/** What was exported before the end, or before it was cancelled (then without COCO's file). */
export interface ExportSetResult extends Omit<ExportResult, 'lost'> {
  exported: number;
  /** What the format could not hold and what else is to know of images, a line each. */
  notes: string[];
  /** Why images were left out, a line each. */
  failures: string[];
  cancelled: boolean;
  /** Absolute paths of what stood in the way of an export that was not to replace anything. */
  existing: string[];
}

/** Exports saved masks of many images into one folder, as one data set where the format is one. */
export const ExportSetRequest = new RequestType<ExportSetParams, ExportSetResult, void>('labelless/exportSet');

export interface FigureParams extends WorkDoneProgressParams {
  /** `file:` URIs of images, with their masks as in `ExportParams` unless `methods` is set. A row each. */
  images: { uri: string; mask?: string }[];
  /** `file:` URI of the PNG to write. An existing file is replaced only when it is a figure. */
  output: string;
  /**
   * Segment each image by Method 1 and by the network of `adaptation.checkpoint`, instead of showing masks that there
   * are.
   */
  methods?: boolean;
}

/** The file written, and why images are missing in it, a line each. */
export interface FigureResult {
  written: string;
  failures: string[];
}

/** Writes a figure: Input | Mask, or Input | Method 1 | Method 2. Fails when no image can be shown. */
export const FigureRequest = new RequestType<FigureParams, FigureResult, void>('labelless/figure');

/** Draws an image small, its mask (see `ExportParams`) over it: base64 of WebP bytes. */
export const ThumbnailRequest = new RequestType<{ uri: string; mask: string }, { webp: string }, void>(
  'labelless/thumbnail',
);

/** A picture as base64 of PNG bytes, in its displayed orientation. */
export interface PictureResult {
  png: string;
  width: number;
  height: number;
}

/** Asks for a picture as PNG in its displayed orientation, for formats that a browser does not decode (TIFF). */
export const PictureRequest = new RequestType<{ uri: string }, ByFile<PictureResult>, void>('labelless/picture');

export interface BackendReport {
  name: Exclude<BackendName, 'auto'>;
  /** `works`: a small training step gave right numbers; `failed`: it is there but did not; `missing`: not there. */
  state: 'works' | 'failed' | 'missing' | 'untried';
  /** Why it failed, or how to get it when missing. */
  detail?: string;
  /** Milliseconds of the trial training step. */
  milliseconds?: number;
}

export interface ServerStatus {
  /** The back end in use (which one `auto` took), absent before the first segmentation. */
  backend?: BackendReport['name'];
  backends: BackendReport[];
  /** Jobs running and waiting. */
  running: number;
  waiting: number;
  version: string;
}

/** Sent whenever something in it changes. */
export const StatusNotification = new NotificationType<ServerStatus>('labelless/status');
/** The same on demand. */
export const StatusRequest = new RequestType<{ probe?: boolean }, ServerStatus, void>('labelless/status');
