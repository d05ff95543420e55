import type { ClassInfo } from '../mask/classes';

/** What is known about training runs of Method 2. */

/** A point of a training run's log; also a line of its `log.jsonl`. Losses are means since the last point. */
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

export type TrainingRunState = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** Whether a process works on a training run: the run is running, or paused. */
export function isUnderWay({ state }: { readonly state: TrainingRunState }): boolean {
  return state === 'running' || state === 'paused';
}

/** A training run as its folder describes it. */
export interface TrainingRun {
  /** Absolute path; identifies the run in messages. */
  folder: string;
  name: string;
  /** `stopped`: on purpose, for want of a follower, or because its process died; it can be resumed. */
  state: TrainingRunState;
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

/** A target picture's prediction: an indexed PNG whose value is class + 1, its palette the classes' colours. */
export interface PredictionFile {
  /** The target picture's name. */
  picture: string;
  step: number;
  /** Absolute path. */
  file: string;
}

/** Everything that a training run's folder holds. */
export interface TrainingRunContents {
  run: TrainingRun;
  /** By label. */
  classes: ClassInfo[];
  points: TrainingPoint[];
  /** By picture, then by step. */
  predictions: PredictionFile[];
  /** The experiment with its defaults filled in, as in its file. */
  experiment: unknown;
}

/** What is new in a training run that is followed. */
export interface TrainingUpdate {
  run: TrainingRun;
  /**
   * New points, by step. A run resumed from a checkpoint repeats some steps: a reader drops the points that it has from
   * the first of these steps on.
   */
  points: TrainingPoint[];
  predictions: PredictionFile[];
  /** Remarks of the run, such as pictures that were skipped: a line each. */
  messages: string[];
}

/** Scores of a training run's network on the experiment's labelled target pictures, summed over all their pixels. */
export interface EvaluationResult {
  run: TrainingRun;
  /** Step of the checkpoint. */
  step: number;
  pictures: number;
  classes: ClassInfo[];
  mIoU: number;
  pixelAccuracy: number;
  /** IoU by class; null: the class is in neither truth nor prediction. */
  perClass: (number | null)[];
  /** Pixels by true class and predicted class. */
  confusion: number[][];
}
