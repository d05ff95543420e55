import type { Experiment } from '../../experiment/experimentSchema';
import type { ImageLimits } from '../../image/imageHeader';
import type { ClassList } from './classList';

/** The role of a data set: a layout with parts for training and for validation has other default folders for each. */
export type DatasetRole = 'source' | 'evaluation';

/** The settings that say where labelled pictures lie. */
export type LabelledSettings = Experiment['source'];

/**
 * The source of an image's labels: a file, or the part of a file that belongs to the image. It can be sent to a worker
 * thread.
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

/** The pairs that a layout finds in its folders. All paths are absolute, all lists in order of names. */
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
  /** The number of pixels of each label that is in none of the experiment's classes, by its name in the file. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** A published data set's, or a labelling tool's, arrangement of images and labels on disk. */
export interface Layout {
  /** The built-in list of classes that its labels can be mapped to, where there is only one. */
  readonly builtIn?: ClassList['builtIn'];
  /**
   * Resolves the paths of images and labels.
   * @param given the paths that the experiment names
   * @param root absolute
   */
  paths(given: Partial<LabelledPaths>, root: string, role: DatasetRole): LabelledPaths;
  /** Pairs the images and the labels of two folders. @throws FolderError */
  list(images: string, labels: string): Promise<PairedFiles>;
  /**
   * Decodes an image's labels.
   * @param classes a list that `checkClassesFitLayout` accepts
   * @throws ImageError that says what is wrong with the label
   */
  decode(label: LabelSource, classes: ClassList, limits: ImageLimits): Promise<DecodedLabels>;
}
