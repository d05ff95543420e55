import type { Experiment } from '../engine/experiment/experimentSchema';
import type { DataFinding } from '../engine/dataset/inspection/inspectData';
import type { Proposal } from '../engine/dataset/proposal/proposeExperiment';
import type { RunnableBackendName, BackendReport } from '../../../protocol/backends';
import type { EvaluationResult } from '../../../protocol/trainingRun';
import type { MaybeInFile } from '../../../protocol/request';
import type { ExportResult, ExportSetResult, FigureResult } from '../../../protocol/exportMessages';
import type { ImageHeader, EncodedPicture } from '../../../protocol/imageMessages';
import type {
  PreviewParams,
  RunSummary,
  ScribbleParams,
  EncodedSegmentation,
  SegmentTarget,
} from '../../../protocol/segmentMessages';
import type { OutputFormat, Settings } from '../../../protocol/settings';

/** Messages between the server and a worker process. A worker does one task at a time; all pixel work is done there. */

export interface SegmentTask {
  kind: 'segment';
  path: string;
  target: SegmentTarget;
  settings: Settings;
  /** Segment by these strokes. */
  scribbles?: ScribbleParams;
  /**
   * Files of the images whose outputs may go to the same folder: where two share a stem, their outputs' names tell them
   * apart.
   */
  siblings: string[];
  /** Images to learn from what labels mean in this one; empty: it is segmented for itself. */
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
/** Draws an image small, its mask over it. */
export interface ThumbnailTask {
  kind: 'thumbnail';
  path: string;
  mask: string;
  settings: Settings;
}
export interface PictureTask {
  kind: 'picture';
  path: string;
  settings: Settings;
}
/** Reads an image file's header. */
export interface HeaderTask {
  kind: 'header';
  path: string;
  settings: Settings;
}
/** Tries every back end. */
export interface ProbeTask {
  kind: 'probe';
  settings: Settings;
}
/** Looks at the data that an experiment file names, relative to the folder `base`. */
export interface InspectTask {
  kind: 'inspect';
  experiment: Experiment;
  base: string;
}
/** Writes down an experiment for a folder of labelled pictures and one of photos; paths relative to `base`. */
export interface ProposeTask {
  kind: 'propose';
  labelled: string;
  photos: string;
  base: string;
  settings: Settings;
}
/** Measures a run on its experiment's labelled target pictures. */
export interface EvaluateTask {
  kind: 'evaluate';
  folder: string;
  checkpoint: 'last' | 'best';
  settings: Settings;
}
export interface Tasks {
  segment: SegmentTask;
  export: ExportTask;
  exportSet: ExportSetTask;
  figure: FigureTask;
  thumbnail: ThumbnailTask;
  picture: PictureTask;
  header: HeaderTask;
  probe: ProbeTask;
  inspect: InspectTask;
  propose: ProposeTask;
  evaluate: EvaluateTask;
}
export type TaskKind = keyof Tasks;
export type Task = Tasks[TaskKind];

export type SegmentTaskResult =
  { segmentation: MaybeInFile<EncodedSegmentation> } | { written: string[]; regions: number; summary: RunSummary };

/** Training needs more memory than there is: megabytes, and the largest batch that fits (0: none does). */
export interface MemoryShortage {
  needed: number;
  available: number;
  batch: number;
}

export interface Inspection {
  findings: DataFinding[];
  memory?: MemoryShortage;
}

/** What each kind of task answers. */
export interface TaskResults {
  segment: SegmentTaskResult;
  export: ExportResult;
  exportSet: ExportSetResult;
  figure: FigureResult;
  thumbnail: { webp: string };
  picture: MaybeInFile<EncodedPicture>;
  header: ImageHeader;
  probe: BackendReport[];
  inspect: Inspection;
  propose: Proposal;
  evaluate: EvaluationResult;
}

/** What a worker tells on the way. */
export type TaskEvent =
  | { type: 'progress'; iteration: number; iterations: number; regions: number; loss: number | null }
  | { type: 'preview'; preview: Omit<PreviewParams, 'token' | 'uri' | 'sequence'> }
  /** The back end in use, and what `auto` tried to find it. */
  | { type: 'backend'; name: RunnableBackendName; trials: readonly BackendReport[] }
  /** Pictures that an evaluation has measured, or that another task is done with. */
  | { type: 'measured'; pictures: number }
  | { type: 'log'; level: 'info' | 'warn'; message: string };

export type ToWorker =
  /** `folder`: where results too large for a message go; the worker makes it, readable by its owner alone. */
  { type: 'run'; task: Task; folder: string } | { type: 'stop' } | { type: 'cancel' };

export type FromWorker =
  | { type: 'event'; event: TaskEvent }
  /** Files are being written: to kill the process now would leave half of them behind. */
  | { type: 'writing' }
  /** `memory`: bytes that the process still holds. */
  | { type: 'done'; result: TaskResults[TaskKind]; memory: number }
  | { type: 'failed'; message: string; setting?: string; memory: number };
