import * as z from 'zod';

const row = z.strictObject({
  /** The settings of the experiment's `adaptation`. */
  adaptation: z.looseObject({ strategy: z.string() }),
  /** The settings of the experiment's `training`. */
  training: z.looseObject({}).default({}),
  augmentation: z.boolean(),
  /** The share of the steps that first train on the source alone. */
  warmUp: z.number().min(0).max(1).default(0),
  /**
   * After training, the running averages of batch normalisation are computed again: from the target, or as the mean of
   * both domains'.
   */
  statistics: z.enum(['both', 'target']).optional(),
});

export type Row = z.infer<typeof row>;

/** The schema of rows by name, as this file and the user's own file contain them. */
export const rowsSchema = z.record(z.string(), row);

/**
 * The training settings of every row: pixels of rare classes count more in the source's loss, since so few steps would
 * otherwise not learn them at all.
 */
const training = { classBalance: 0.5 };

const adversarial = {
  adaptation: { strategy: 'adversarial', adversarialWeight: 0.003, targetHistograms: 0.5 },
  training,
  warmUp: 0.3,
};

/**
 * The rows of the table: strategy, augmentation, and what was tuned. Rows with statistics train on the source alone:
 * the difference to them is the value of a strategy.
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
