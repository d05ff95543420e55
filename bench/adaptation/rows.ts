import { z } from 'zod';

const row = z.strictObject({
  /** Settings of the experiment's `adaptation`. */
  adaptation: z.looseObject({ strategy: z.string() }),
  /** Settings of its `training`. */
  training: z.looseObject({}).default({}),
  augmentation: z.boolean(),
  /** After training, the running averages of batch normalisation are taken anew, from the target. */
  targetStatistics: z.boolean().default(false),
});

export type Row = z.infer<typeof row>;

/** Rows by name, as this file and a file of one's own tell them. */
export const rowsSchema = z.record(z.string(), row);

/**
 * The table's rows: strategy, augmentation, and what was tuned. Rows of target statistics train on the source alone: what a
 * strategy is worth beyond them is the difference.
 */
export const rows = rowsSchema.parse({
  'none': { adaptation: { strategy: 'none' }, augmentation: false },
  'none, target statistics': { adaptation: { strategy: 'none' }, augmentation: false, targetStatistics: true },
  'adversarial': { adaptation: { strategy: 'adversarial', adversarialWeight: 0.01 }, augmentation: false },
  'none + augmentation': { adaptation: { strategy: 'none' }, augmentation: true },
  'none + augmentation, target statistics': { adaptation: { strategy: 'none' }, augmentation: true, targetStatistics: true },
  'adversarial + augmentation': { adaptation: { strategy: 'adversarial', adversarialWeight: 0.01 }, augmentation: true },
  'self-training + augmentation': { adaptation: { strategy: 'self-training' }, augmentation: true },
});
