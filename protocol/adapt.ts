import { NotificationType, RequestType, type WorkDoneProgressParams } from 'vscode-languageserver-protocol';

/** Messages about Method 2: training runs of experiment files, and what a view shows of them. */

/** A point of a run's log; also a line of its `log.jsonl`. Losses are means since the last point. */
export interface TrainingPoint {
  step: number;
  steps: number;
  /** By name: `segmentation`, `adversarial`, `discriminator`, `entropy`, `selfTraining`; those the strategy has. */
  losses: Record<string, number>;
  learningRate: number;
  secondsPerStep: number;
  /** Where an evaluation was due: mean IoU and IoU by class (null: the class is in neither truth nor prediction). */
  evaluation?: { mIoU: number; pixelAccuracy: number; perClass: (number | null)[] };
}

export type RunState = 'running' | 'paused' | 'stopped' | 'finished' | 'failed';

/** A run's folder as a reader finds it. */
export interface RunDescription {
  folder: string;
  name: string;
  state: RunState;
  step: number;
  steps: number;
  /** Last evaluation's mean IoU. */
  mIoU?: number;
  error?: string;
}

export interface AdaptParams extends WorkDoneProgressParams {
  /** `file:` URI of the experiment. */
  uri: string;
  resume?: boolean;
}

/** Trains an experiment. Cancelling stops it after a checkpoint, from which it resumes. */
export const AdaptRequest = new RequestType<AdaptParams, RunDescription, void>('labelless/adapt');

/** Pauses, resumes or stops (after a checkpoint) a run in training. */
export const AdaptControlNotification = new NotificationType<{ folder: string; action: 'pause' | 'resume' | 'stop' }>('labelless/adaptControl');

/** Progress of a run in training. `previews` are paths of prediction pictures in the run's folder. */
export const AdaptProgressNotification = new NotificationType<{ run: RunDescription; points: TrainingPoint[]; previews: string[] }>('labelless/adaptProgress');

/** Runs found under the given folders (`file:` URIs). */
export const RunsRequest = new RequestType<{ folders: string[] }, RunDescription[], void>('labelless/runs');
