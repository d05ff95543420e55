import { NotificationType, RequestType, type WorkDoneProgressParams } from 'vscode-languageserver-protocol';
import type { ByFile } from './server';

/**
 * Method 2: training runs of experiment files, as views and files tell of them.
 *
 * A run lives in a folder and is trained by a process of its own, which outlives the server. Whoever follows a run
 * keeps it going: a run that a server started stops behind a checkpoint, to be resumed, when nobody has followed it for
 * a minute. After its window was reloaded a client lists the runs and follows those that are running.
 */

/** A point of a run's log; also a line of its `log.jsonl`. Losses are means since the last point. */
export interface TrainingPoint {
  step: number;
  steps: number;
  /** By name: `segmentation`, `adversarial`, `discriminator`, `entropy`, `selfTraining`; those the strategy has. */
  losses: Record<string, number>;
  learningRate: number;
  secondsPerStep: number;
  /** Seconds from the last point to this one, measuring and saving included, pauses not. */
  seconds?: number;
  /** Where an evaluation was due: mean IoU and IoU by class (null: the class is in neither truth nor prediction). */
  evaluation?: { mIoU: number; pixelAccuracy: number; perClass: (number | null)[] };
}

export type RunState = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** A run's folder as a reader finds it. */
export interface RunDescription {
  /** Absolute path; what names the run in messages. */
  folder: string;
  name: string;
  /** `stopped`: on purpose, for want of a follower, or because its process died; it can be resumed. */
  state: RunState;
  step: number;
  steps: number;
  /** Last evaluation's mean IoU. */
  mIoU?: number;
  /** Why it failed. */
  error?: string;
  /** Path of the experiment file that it was started from. */
  experiment?: string;
  /** Step of the last checkpoint; a run without one is no model yet. */
  checkpoint?: number;
  /** Seconds until it is finished, while it is running and its speed is known. */
  secondsLeft?: number;
  /** When its log or state last changed: milliseconds since 1970. */
  changed?: number;
}

export interface ClassView {
  name: string;
  /** `#rrggbb` */
  colour: string;
}

/** A target picture's prediction: an indexed PNG whose value is class + 1, its palette the classes' colours. */
export interface PredictionFile {
  /** The target picture's name. */
  picture: string;
  step: number;
  /** Absolute path. */
  file: string;
}

/** All that a run's folder holds. */
export interface RunContents {
  run: RunDescription;
  /** By label. */
  classes: ClassView[];
  points: TrainingPoint[];
  /** By picture, then by step. */
  predictions: PredictionFile[];
  /** The experiment with its defaults filled in, as in its file. */
  experiment: unknown;
}

export interface AdaptParams extends WorkDoneProgressParams {
  /** `file:` URI of an experiment file (`NAME.adapt.json`). */
  uri: string;
  /**
   * `new` (default) trains from the start and is refused where the folder holds a run; `resume` goes on from its last
   * checkpoint; `replace` deletes the run there and trains from the start. A run that is under way is followed,
   * whatever is asked for.
   */
  mode?: 'new' | 'resume' | 'replace';
}

/**
 * Trains an experiment, and follows its run: `labelless/training` notifications come until it ends. Answers with the
 * run once it has ended, whether finished, stopped or failed. Cancelling stops the run behind a checkpoint, as `stop`
 * does. The request fails when training cannot begin: the message says why.
 */
export const AdaptRequest = new RequestType<AdaptParams, RunDescription, void>('labelless/adapt');

/** News of a run that is followed, about twice a second at most, and once when it has ended. */
export interface TrainingParams {
  run: RunDescription;
  /**
   * New points, by step. A run that goes on from a checkpoint does some steps again: a reader drops the points that it
   * has from the first of these steps on.
   */
  points: TrainingPoint[];
  predictions: PredictionFile[];
  /** What the run has to say, such as pictures that were skipped: a line each. */
  messages: string[];
}

export const TrainingNotification = new NotificationType<TrainingParams>('labelless/training');

/** Reads a run whole. Fails where the folder holds none, or one that is damaged. */
export const ReadRunRequest = new RequestType<{ folder: string }, ByFile<RunContents>, void>('labelless/readRun');

/** Runs in and below folders, those changed last first. What cannot be read is left out. Folders are absolute paths. */
export const ListRunsRequest = new RequestType<{ folders: string[] }, RunDescription[], void>('labelless/listRuns');

/**
 * Follows a run that was started elsewhere (before the window was reloaded, or from the command line), or no more.
 * While it is running `labelless/training` notifications come, and it is kept going. Answers with the run as it is;
 * news starts from there.
 */
export const FollowRunRequest = new RequestType<{ folder: string; follow: boolean }, RunDescription, void>(
  'labelless/followRun',
);

export type RunAction = 'pause' | 'continue' | 'stop';

/**
 * Tells a run what to do, whoever started it; it obeys at the next step. `stop` ends it behind a checkpoint. Fails
 * where the run is not under way.
 */
export const ControlRunRequest = new RequestType<{ folder: string; action: RunAction }, void, void>(
  'labelless/controlRun',
);

export interface EvaluateParams extends WorkDoneProgressParams {
  /** A run's folder, as its description names it. */
  folder: string;
  /** Which checkpoint; default `last`. `best` is that of the lowest training loss. */
  checkpoint?: 'last' | 'best';
}

/** Scores of a run's network on the experiment's labelled target pictures, summed over all their pixels. */
export interface EvaluationResult {
  run: RunDescription;
  /** Step of the checkpoint. */
  step: number;
  pictures: number;
  classes: ClassView[];
  mIoU: number;
  pixelAccuracy: number;
  /** IoU by class; null: the class is in neither truth nor prediction. */
  perClass: (number | null)[];
  /** Pixels by true class and predicted class. */
  confusion: number[][];
}

/** Measures a run on the pictures of its experiment's `evaluation`. Fails where it names none. */
export const EvaluateRequest = new RequestType<EvaluateParams, EvaluationResult, void>('labelless/evaluate');
