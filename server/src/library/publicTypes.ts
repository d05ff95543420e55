import type { BackendName, MethodName, OutputFormat } from '../../../protocol/names';

/** A picture: the path or the `file:` URL of an image file, or the bytes of one. */
export type PictureSource = string | URL | Uint8Array;

/** What `segment` may be told; each option has the default of the setting of its name. */
export interface SegmentOptions {
  /** Default: `clustering`. The method `adapted` wants a `checkpoint`, which chooses it by itself. */
  readonly method?: MethodName;
  /** How finely the picture is cut: from 0, few large regions, to 1, many small ones. Default: 0.5. */
  readonly granularity?: number;
  /** The number of labels to come as near to as can be, in place of a granularity. */
  readonly regions?: number;
  /** Start of the random numbers: the same seed gives the same labels on the same machine. Default: 1. */
  readonly seed?: number;
  /** Default: `auto`, the fastest back end that works here. */
  readonly backend?: BackendName;
  /** Threads of the back ends on the processor. Default: one for each core. */
  readonly threads?: number;
  /** The folder of a training run, whose network then segments the picture. */
  readonly checkpoint?: string;
  /** Any other settings by their names without `labelless.`, such as `{ 'clustering.iterations': 30 }`. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** What a picture that is given as bytes is called, for errors and for what is written. Default: `picture.png`. */
  readonly name?: string;
  /** Ends the segmentation with the signal's reason, after the iteration in work. */
  readonly signal?: AbortSignal;
  /** Called after each iteration of training. */
  readonly onProgress?: (progress: SegmentProgress) => void;
}

/** How far a segmentation is. */
export interface SegmentProgress {
  /** From 0, before training, to `iterations`. */
  readonly iteration: number;
  readonly iterations: number;
}

/** A label of a segmented picture. */
export interface PictureLabel {
  /** Its value in the label map and in the mask file, from 1. */
  readonly value: number;
  /** `Region 3`, or the name of its class where a trained network knows classes. */
  readonly name: string;
  /** Its colour in mask and overlay, `#rrggbb`. */
  readonly colour: string;
  /** The number of its pixels. */
  readonly area: number;
}

/** A picture divided into labels. */
export interface SegmentedPicture {
  /** The size in pixels, of the picture as it is displayed (EXIF orientation is applied). */
  readonly width: number;
  readonly height: number;
  /** The granularity of these labels. */
  readonly granularity: number;
  /** The labels in the order of their values. */
  readonly labels: readonly PictureLabel[];
  /** The value of the label of each pixel, row by row from the top left; 0 for background. */
  readonly labelMap: Uint16Array;
  readonly method: MethodName;
  /** The back end that ran the network. */
  readonly backend: string;
  /** Iterations of training that were done; 0 with a trained network. */
  readonly iterations: number;
  readonly seconds: number;
  /** What of the file was read otherwise than it is stored, or left out: a clause each. */
  readonly notes: readonly string[];
  /** The same picture at another granularity, or with another number of labels, without training again. */
  at(cut: { readonly granularity: number } | { readonly regions: number }): SegmentedPicture;
  /** The mask as a PNG file: the palette's indices are the labels' values; 16-bit grey above 256 labels. */
  maskPng(): Uint8Array;
  /** The picture under its labels' colours, as a PNG file. */
  overlayPng(): Promise<Uint8Array>;
  /**
   * Writes files for the picture, all or none, as `labelless segment` does: it replaces only what Labelless wrote, and
   * keeps an earlier mask aside that a person edited or approved.
   * @throws Error that names the file that is in the way or cannot be written
   */
  write(options?: WriteOptions): Promise<WrittenFiles>;
}

export interface WriteOptions {
  /** Default: the picture's own folder; for one of bytes the working directory. It is made where it is missing. */
  readonly folder?: string;
  /** Default: `['mask']`, which is the mask and its sidecar. */
  readonly formats?: readonly OutputFormat[];
}

/** What was written for a picture. */
export interface WrittenFiles {
  /** Absolute paths by format, of folders for formats of many files; `sidecar` comes with `mask`. */
  readonly files: Readonly<Partial<Record<OutputFormat | 'sidecar', string>>>;
  /** What formats could not hold, and what became of an earlier mask: a clause each. */
  readonly notes: readonly string[];
}
