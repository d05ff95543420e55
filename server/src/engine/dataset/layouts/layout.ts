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
  /** Labels that fit several images equally well, or an image that has others. They are left out. */
  readonly undecidedLabels: readonly string[];
  /** What is left out of files that hold the labels of many images: a clause each, with the file. */
  readonly faults?: readonly { readonly file: string; readonly reason: string }[];
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
   * The number of pixels of each label that is in none of the experiment's classes, by its name in the file; of labels
   * that have no name, under the empty one.
   */
  readonly unknown: ReadonlyMap<string, number>;
  /** The number of pixels of each value that means no class by the definition of the classes, such as 255. */
  readonly left?: ReadonlyMap<number, number>;
  /** Whether the labels are names, so that a name in digits is no value. */
  readonly named?: true;
  /** Whether the file is a picture of colours. */
  readonly isOfColours?: true;
  /** What of the label file is left out, a clause each. */
  readonly faults?: readonly string[];
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
  /**
   * Pairs the images and the labels of two folders.
   * @param masks which masks count, for a layout of masks
   * @throws FolderError
   */
  list(images: string, labels: string, masks?: LabelledSettings['masks']): Promise<PairedFiles>;
  /**
   * Decodes an image's labels.
   * @param classes a list that `checkClassesFitLayout` accepts
   * @throws ImageError that says what is wrong with the label
   */
  decode(labelled: LabelledImage, classes: ClassList, limits: ImageLimits): Promise<DecodedLabels>;
}
