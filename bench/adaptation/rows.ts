import * as z from 'zod';

const row = z.strictObject({
  /** Settings of the experiment's `adaptation`. */
  adaptation: z.looseObject({ strategy: z.string() }),
  /** Settings of its `training`. */
  training: z.looseObject({}).default({}),
  augmentation: z.boolean(),
  /** Share of the steps that train on the source alone at first. */
  warmUp: z.number().min(0).max(1).default(0),
  /**
   * After training, the running averages of batch normalisation are taken anew: from the target, or as the mean of both
   * domains'.
   */
  statistics: z.enum(['both', 'target']).optional(),
});

export type Row = z.infer<typeof row>;

/** Rows by name, as this file and a file of one's own tell them. */
export const rowsSchema = z.record(z.string(), row);

/**
 * Of every row: pixels of rare classes count more in the source's loss, since so few steps would not reach these at
 * all.
 */
const training = { classBalance: 0.5 };

const adversarial = {
  adaptation: { strategy: 'adversarial', adversarialWeight: 0.003, targetHistograms: 0.5 },
  training,
  warmUp: 0.3,
};

/**
 * The table's rows: strategy, augmentation, and what was tuned. Rows of statistics train on the source alone: what a
 * strategy is worth beyond them is the difference.
 */
export const rows = rowsSchema.parse({
  none: { adaptation: { strategy: 'none' }, training, augmentation: false },
  'none, statistics of both domains': {
    adaptation: { strategy: 'none' },
    training,
    augmentation: false,
    statistics: 'both',
  },
  'none, statistics of the target': {
    adaptation: { strategy: 'none' },
    training,
    augmentation: false,
    statistics: 'target',
  },
  adversarial: { ...adversarial, augmentation: false },
  'none + augmentation': { adaptation: { strategy: 'none' }, training, augmentation: true },
  'none + augmentation, statistics of both domains': {
    adaptation: { strategy: 'none' },
    training,
    augmentation: true,
    statistics: 'both',
  },
  'none + augmentation, statistics of the target': {
    adaptation: { strategy: 'none' },
    training,
    augmentation: true,
    statistics: 'target',
  },
  'adversarial + augmentation': { ...adversarial, augmentation: true },
  'self-training + augmentation': {
    adaptation: { strategy: 'self-training', pseudoLabelThreshold: 0.9, targetHistograms: 0.5 },
    training,
    augmentation: true,
    warmUp: 0.3,
  },
});
