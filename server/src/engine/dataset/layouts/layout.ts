import type { Experiment } from '../../experiment/experimentSchema';
import type { ImageLimits } from '../../image/imageHeader';
import type { ClassList } from './classList';

/**
 * What the pictures are for: a layout with parts for training and for validation has other default folders for each.
 */
export type DatasetRole = 'source' | 'evaluation';

/** Where the experiment says that labelled pictures lie. */
export type LabelledSettings = Experiment['source'];

/**
 * What holds an image's labels: a file, or the part of one that is the image's. Survives the way to a worker thread.
 */
export interface LabelSource {
  readonly file: string;
  readonly part?: unknown;
}

export interface LabelledImage {
  /** Absolute path. */
  readonly image: string;
  readonly label: LabelSource;
}

/** What a layout finds in its folders. All paths are absolute, all lists in order of names. */
export interface PairedFiles {
  readonly pairs: readonly LabelledImage[];
  readonly imagesWithoutLabels: readonly string[];
  readonly labelsWithoutImage: readonly string[];
}

/** Where images and labels lie, relative to the data set's folder. */
export interface LabelledPaths {
  readonly images: string;
  readonly labels: string;
}

/** An image's labels as class indices, 255 where no class counts; row-major, at the label's own size. */
export interface DecodedLabels {
  readonly width: number;
  readonly height: number;
  readonly classes: Uint8Array;
  /**
   * What the label holds that the experiment's classes do not know, in the words of the file, and how many pixels of
   * it.
   */
  readonly unknown: ReadonlyMap<string, number>;
}

/** How a published data set, or a labelling tool, lays out images and labels on disk. */
export interface Layout {
  /** The one built-in list of classes that its labels can be told by, where it is but one. */
  readonly builtIn?: ClassList['builtIn'];
  /** @param given what the experiment names; @param root absolute */
  paths(given: Partial<LabelledPaths>, root: string, role: DatasetRole): LabelledPaths;
  /** @throws FolderError */
  list(images: string, labels: string): Promise<PairedFiles>;
  /**
   * @param classes as `checkClasses` lets pass
   * @throws ImageError that says what is wrong with the label
   */
  decode(label: LabelSource, classes: ClassList, limits: ImageLimits): Promise<DecodedLabels>;
}
