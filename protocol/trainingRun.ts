import type { ClassInfo } from '../mask/classes/classInfo';
import type { TrainingPoint } from './trainingPoint';

/**
 * What is known about training runs of Method 2. The extension reads this file at activation, so it has types and small
 * functions only: a schema would bring its library.
 */

/** The states of a training run, as its folder and all messages name them. */
export const trainingRunStates = ['running', 'paused', 'stopped', 'finished', 'failed'] as const;
export type TrainingRunState = (typeof trainingRunStates)[number];

/** What can be asked of a run that is under way. */
export const trainingRunActions = ['pause', 'continue', 'stop'] as const;
export type TrainingRunAction = (typeof trainingRunActions)[number];

/** Whether a process works on a training run: the run is running, or paused. */
export function isUnderWay({ state }: { readonly state: TrainingRunState }): boolean {
  return state === 'running' || state === 'paused';
}

/** A training run as its folder describes it. */
export interface TrainingRun {
  /** Absolute path of the folder, which identifies the run in messages. */
  folder: string;
  name: string;
  /** `stopped`: on request, without a follower, or because its process died. A stopped run can be resumed. */
  state: TrainingRunState;
  step: number;
  steps: number;
  /** The last mean IoU on labelled target pictures. */
  mIoU?: number;
  /** The last mean IoU on source pictures that are held out from training. */
  heldOutMIoU?: number;
  /** The error that made it fail. */
  error?: string;
  /** Path of the experiment file from which it was started. */
  experiment?: string;
  /** Step of the last checkpoint; absent where the run has no model yet. */
  checkpoint?: number;
  /** The checkpoint that pictures are segmented with, where held-out pictures choose it; else the last one is. */
  best?: { step: number; heldOutMIoU: number };
  /** Estimated seconds until it is finished, while it is running and its speed is known. */
  secondsLeft?: number;
  /** Time of the last change of its log or state, in milliseconds since 1970. */
  changed?: number;
}

/**
 * The prediction for a target picture: an indexed PNG whose values are class + 1 and whose palette has the classes'
 * colours.
 */
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
  /** The experiment with its defaults, as its file has it. */
  experiment: unknown;
}

/** The news of a training run that is followed. */
export interface TrainingUpdate {
  run: TrainingRun;
  /**
   * New points, by step. A run that is resumed from a checkpoint repeats some steps: a reader drops its points from the
   * first of these steps on.
   */
  points: TrainingPoint[];
  predictions: PredictionFile[];
  /** Remarks of the run, such as skipped pictures, a line each. */
  messages: string[];
}

/** Scores of a training run's network on labelled pictures, summed over all their pixels. */
export interface EvaluationResult {
  run: TrainingRun;
  /** The pictures: those of the experiment's `evaluation`, or source pictures that are held out from training. */
  of: 'target' | 'heldOut';
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

/** The files of a network that was exported; or those that exist already, and were not replaced. */
export type NetworkExport = { written: string[] } | { existing: string[] };
