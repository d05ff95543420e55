import type { BackendReport, RunnableBackendName } from '../../../protocol/backends';
import type { ExportResult, ExportSetResult, FigureResult } from '../../../protocol/exportMessages';
import type { EncodedLabels, EncodedPicture, ImageHeader, Thumbnail } from '../../../protocol/imageMessages';
import type { ClassInUse } from '../../../mask/classes/classInUse';
import type { ChangeClassResult, PublishedClasses, ReadClassesResult } from '../../../protocol/classMessages';
import type { PreparedRoundInfo, ProposalOutcome, UndoneRound } from '../../../protocol/learningMessages';
import type { MaskStatus } from '../../../mask/document/maskStatus';
import type { ListedImage, ListImagesResult, SetStatusResult } from '../../../protocol/sessionMessages';
import type { CarryLabelsResult } from '../../../protocol/seriesMessages';
import type { MaybeInFile } from '../../../protocol/request';
import type {
  EncodedSegmentation,
  PreviewParams,
  ScribbleParams,
  SegmentationSummary,
  SegmentTarget,
} from '../../../protocol/segmentMessages';
import type { OutputFormat } from '../../../protocol/names';
import type { Settings } from '../../../protocol/settings';
import type { EvaluationResult, NetworkExport } from '../../../protocol/trainingRun';
import type { FolderClassChange } from '../engine/classes/changeClass';
import type { MemoryShortage } from '../engine/common/memoryShortage';
import type { SeriesOutcome, SeriesSource } from '../engine/session/seriesProposal';
import type { Experiment } from '../engine/experiment/experimentSchema';
import type { DataFinding } from '../engine/dataset/inspection/dataFinding';
import type { ExperimentProposal, ProposalFolders } from '../engine/dataset/proposal/proposeExperiment';

/**
 * Messages between the server and a job process. A job process does one task at a time; all pixel work is done there.
 */

/** Segments an image, and returns the segmentation or writes its mask. */
export interface SegmentTask {
  kind: 'segment';
  path: string;
  target: SegmentTarget;
  /** Whether a user named the image itself, not only a folder that it is in: then its mask is replaced in any case. */
  named: boolean;
  settings: Settings;
  /** The strokes that guide the segmentation. */
  scribbles?: ScribbleParams;
  /** The images whose outputs share a folder: where two have the same stem, the names of their outputs differ. */
  siblings: string[];
  /** The images whose labels this image shares; empty: it is segmented by itself. */
  references: string[];
}
/** Writes a mask, packed as a backup, in other formats. */
export interface ExportTask {
  kind: 'export';
  path: string;
  mask: string;
  formats: OutputFormat[];
  settings: Settings;
}
/** Writes saved masks of images in another format into one folder. */
export interface ExportSetTask {
  kind: 'exportSet';
  images: { image: string; mask: string }[];
  format: OutputFormat;
  folder: string;
  replace: boolean;
  settings: Settings;
}
/**
 * Draws images with their masks, or as both methods segment them where `methods` is set, and writes the figure to
 * `output`.
 */
export interface FigureTask {
  kind: 'figure';
  images: { path: string; mask?: string | undefined }[];
  output: string;
  methods: boolean;
  settings: Settings;
}
/** Draws a small picture of an image with its mask over it. */
export interface ThumbnailTask {
  kind: 'thumbnail';
  path: string;
  mask: string | null;
  settings: Settings;
}
/** Encodes a picture as PNG. */
export interface PictureTask {
  kind: 'picture';
  path: string;
  settings: Settings;
}
/** Reads an image's labels from another program's file. */
export interface ReadLabelsTask {
  kind: 'readLabels';
  /** The image. */
  path: string;
  file: string;
  settings: Settings;
}
/** Reads an image file's header. */
export interface HeaderTask {
  kind: 'header';
  path: string;
  settings: Settings;
}
/** Lists the images of a folder with the status of their masks, in parts: see `listed` among the events. */
export interface ListImagesTask {
  kind: 'listImages';
  folder: string;
  recursive: boolean;
  images?: string[] | undefined;
  settings: Settings;
}
/** Sets the status of masks of a folder's images. */
export interface SetStatusTask {
  kind: 'setStatus';
  folder: string;
  images: { path: string; stamp?: string | undefined }[];
  status: MaskStatus;
  settings: Settings;
}
/** Carries the labels of an image to the regions of the next one; masks are packed as backups. */
export interface CarryLabelsTask {
  kind: 'carryLabels';
  previous: { path: string; mask: string };
  next: { path: string; mask: string };
  settings: Settings;
}
/** Gives an image the labels of the one before it as a proposal. */
export interface PropagateTask {
  kind: 'propagate';
  path: string;
  previous: SeriesSource;
  settings: Settings;
}
/** Changes a class in the class file of a folder and in all masks, or takes the last change back. */
export interface ChangeClassTask {
  kind: 'changeClass';
  folder: string;
  change: FolderClassChange;
  dryRun: boolean;
  settings: Settings;
}
/** Reads a list of classes of another program, or a published one. */
export interface ReadClassesTask {
  kind: 'readClasses';
  source: { file: string } | { published: PublishedClasses };
}
/** Finds the classes of labels in the masks that have their classes from a folder's class file. */
export interface ClassesInUseTask {
  kind: 'classesInUse';
  folder: string;
  settings: Settings;
}
/** Prepares the next round of learning from a folder's approved masks. */
export interface PrepareRoundTask {
  kind: 'prepareRound';
  folder: string;
  settings: Settings;
}
/** Proposes a mask for an image, a path from the folder, by the network of a round. */
export interface ProposeImageTask {
  kind: 'proposeImage';
  folder: string;
  round: number;
  image: string;
  settings: Settings;
}
/** Takes the proposals of a folder's last round back. */
export interface UndoRoundTask {
  kind: 'undoRound';
  folder: string;
  settings: Settings;
}
/** Tries every back end. */
export interface ProbeTask {
  kind: 'probe';
  settings: Settings;
}
/** Checks the data that an experiment file names; its paths are relative to the folder `base`. */
export interface InspectTask {
  kind: 'inspect';
  experiment: Experiment;
  base: string;
}
/** Proposes an experiment for a folder of labelled pictures, and one of photos. */
export interface ProposeTask extends ProposalFolders {
  kind: 'propose';
  settings: Settings;
}
/** Measures a training run on its experiment's labelled target pictures, or on those that it holds out. */
export interface EvaluateTask {
  kind: 'evaluate';
  folder: string;
  checkpoint: 'used' | 'last' | 'best';
  settings: Settings;
}
/** Writes the network of a training run as an ONNX model with a card. */
export interface ExportNetworkTask {
  kind: 'exportNetwork';
  folder: string;
  destination: string;
  replace: boolean;
}
/** The task of each kind. */
export interface Tasks {
  segment: SegmentTask;
  export: ExportTask;
  exportSet: ExportSetTask;
  figure: FigureTask;
  thumbnail: ThumbnailTask;
  picture: PictureTask;
  header: HeaderTask;
  readLabels: ReadLabelsTask;
  listImages: ListImagesTask;
  setStatus: SetStatusTask;
  carryLabels: CarryLabelsTask;
  propagate: PropagateTask;
  changeClass: ChangeClassTask;
  readClasses: ReadClassesTask;
  classesInUse: ClassesInUseTask;
  prepareRound: PrepareRoundTask;
  proposeImage: ProposeImageTask;
  undoRound: UndoRoundTask;
  probe: ProbeTask;
  inspect: InspectTask;
  propose: ProposeTask;
  evaluate: EvaluateTask;
  exportNetwork: ExportNetworkTask;
}
export type TaskKind = keyof Tasks;
export type Task = Tasks[TaskKind];

/** The segmentation itself, or the paths of the files that were written. */
export type SegmentTaskResult =
  | { segmentation: MaybeInFile<EncodedSegmentation> }
  | { written: string[]; regions: number; summary: SegmentationSummary; notes?: string[] };

/** The findings about an experiment's data, and whether its training fits into memory. */
export interface Inspection {
  findings: DataFinding[];
  memory?: MemoryShortage;
}

/** The result of each kind of task. */
export interface TaskResults {
  segment: SegmentTaskResult;
  export: ExportResult;
  exportSet: ExportSetResult;
  figure: FigureResult;
  thumbnail: Thumbnail;
  picture: MaybeInFile<EncodedPicture>;
  header: ImageHeader;
  readLabels: MaybeInFile<EncodedLabels>;
  listImages: Omit<ListImagesResult, 'images'>;
  setStatus: SetStatusResult;
  carryLabels: CarryLabelsResult;
  propagate: SeriesOutcome;
  changeClass: ChangeClassResult;
  readClasses: ReadClassesResult;
  classesInUse: ClassInUse[];
  prepareRound: PreparedRoundInfo;
  proposeImage: ProposalOutcome;
  undoRound: UndoneRound;
  probe: BackendReport[];
  inspect: Inspection;
  propose: ExperimentProposal;
  evaluate: EvaluationResult;
  exportNetwork: NetworkExport;
}

/** An event on the way to a task's result. */
export type TaskEvent =
  | { type: 'progress'; iteration: number; iterations: number; regions: number; loss: number | null }
  | { type: 'preview'; preview: Omit<PreviewParams, 'token' | 'uri' | 'sequence'> }
  /** The back end in use, and the outcome of the back ends that `auto` tried. */
  | { type: 'backend'; name: RunnableBackendName; trials: readonly BackendReport[] }
  /** A part of a list of images. */
  | { type: 'listed'; images: ListedImage[] }
  /** The number of pictures that are done. */
  | { type: 'pictures'; done: number }
  | { type: 'log'; level: 'info' | 'warn'; message: string };

/** A message from the server to a job process. */
export type ToWorker =
  /** `folder` is for results too large for a message. The process makes it, readable by its owner alone. */
  { type: 'run'; task: Task; folder: string } | { type: 'stop' } | { type: 'cancel' };

/** A message from a job process to the server. */
export type FromWorker =
  | { type: 'event'; event: TaskEvent }
  /** Files are being written: if the process were killed now, they would be incomplete. */
  | { type: 'writing' }
  /** `memory` is the number of bytes that the process still holds. */
  | { type: 'done'; result: TaskResults[TaskKind]; memory: number }
  | { type: 'failed'; message: string; setting?: string; memory: number };
