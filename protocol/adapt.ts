/** Method 2: training runs of experiment files, as views and files tell of them. */

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
