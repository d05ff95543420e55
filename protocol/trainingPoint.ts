import * as z from 'zod';

/** A point of a training run's log, and a line of its `log.jsonl`. Losses are means since the last point. */
export const trainingPointSchema = z.object({
  step: z.int().min(1),
  steps: z.int().min(1),
  /** The losses of the strategy by name: `segmentation`, `adversarial`, `discriminator`, `entropy`, `selfTraining`. */
  losses: z.record(z.string(), z.number()),
  learningRate: z.number(),
  secondsPerStep: z.number(),
  /** Seconds since the last point, evaluation and saving included, pauses excluded. */
  seconds: z.number().exactOptional(),
  /**
   * The scores of an evaluation at this point: mean IoU, and IoU by class (null for a class in neither truth nor
   * prediction).
   */
  evaluation: z
    .object({ mIoU: z.number(), pixelAccuracy: z.number(), perClass: z.array(z.number().nullable()) })
    .exactOptional(),
});

export type TrainingPoint = z.infer<typeof trainingPointSchema>;
