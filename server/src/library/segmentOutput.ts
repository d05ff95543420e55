import type { MaskStatus } from '../../../mask/document/maskStatus';

/** The object that `labelless segment --json` prints on standard output. */
export interface SegmentOutput {
  readonly images: readonly SegmentedRow[];
  /** Images that stay as they are; absent where there are none. */
  readonly leftOut?: readonly LeftOutImage[];
  /** Images that could not be segmented or written; absent where there are none. */
  readonly failed?: readonly FailedImage[];
}

/** A line that `labelless segment --json-lines` prints for each image, as soon as it is finished. */
export type SegmentLine = SegmentedRow | LeftOutImage | FailedImage;

/** An image that stays as it is, because of the status of its mask, or since `--resume` found it done. */
export interface LeftOutImage {
  readonly image: string;
  readonly status: MaskStatus | 'done';
}

/** An image that could not be segmented or written, with the reason. */
export interface FailedImage {
  readonly image: string;
  readonly error: string;
}

/** The entry of an image whose outputs were written. Paths are as the call gave them. */
export interface SegmentedRow {
  readonly image: string;
  /** The path of the mask; null where `--format` leaves it out. */
  readonly mask: string | null;
  readonly overlay?: string;
  readonly npy?: string;
  /** The folder of the masks of single classes. */
  readonly classes?: string;
  readonly coco?: string;
  readonly labelme?: string;
  /** The folder of the Pascal VOC data set. */
  readonly voc?: string;
  /** The folder of the YOLO data set. */
  readonly yolo?: string;
  /** What the formats could not hold; absent where nothing was lost. */
  readonly lost?: readonly string[];
  /** What else there is to know about the image and the files, a clause each; absent where there is nothing. */
  readonly notes?: readonly string[];
  readonly width: number;
  readonly height: number;
  /** The number of labels in the mask. */
  readonly regions: number;
  /** Training iterations; 0 with a network that was trained before. */
  readonly iterations: number;
  /** How often a trained network was run; absent where it was trained on the image itself. */
  readonly predictions?: number;
  readonly seconds: number;
  /** The back end that ran the network. */
  readonly backend: string;
  /** The size at which memory limits made the network train, and the reason. */
  readonly reduced?: { readonly width: number; readonly height: number; readonly reason: string };
}
