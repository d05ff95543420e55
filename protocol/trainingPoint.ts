import * as z from 'zod';

/** Mean IoU, share of the pixels that are right, and IoU by class: null for one in neither truth nor prediction. */
const scoresSchema = z.object({
  mIoU: z.number(),
  pixelAccuracy: z.number(),
  perClass: z.array(z.number().nullable()),
});

/** A point of a training run's log, and a line of its `log.jsonl`. Losses are means since the last point. */
export const trainingPointSchema = z.object({
  step: z.int().min(1),
  steps: z.int().min(1),
  /**
   * The losses by name: `segmentation`, `featureDistance`, and those of the strategy: `adversarial`, `discriminator`,
   * `entropy`, `selfTraining`, `masked`.
   */
  losses: z.record(z.string(), z.number()),
  learningRate: z.number(),
  secondsPerStep: z.number(),
  /** Seconds since the last point, evaluation and saving included, pauses excluded. */
  seconds: z.number().exactOptional(),
  /** The scores on the experiment's labelled target pictures, where they were measured at this point. */
  evaluation: scoresSchema.exactOptional(),
  /** The scores on the source pictures that are held out from training, measured at the same points. */
  heldOut: scoresSchema.exactOptional(),
});

export type TrainingPoint = z.infer<typeof trainingPointSchema>;
