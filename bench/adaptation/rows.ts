import type { StrategyName } from '../../server/src/engine/adaptation/experiment';

interface Row { readonly strategy: StrategyName; readonly augmentation: boolean; readonly [setting: string]: unknown }

/**
 * The table's rows: strategy, augmentation, and what was tuned. The rows of target statistics train no part of the network on
 * the target: what a strategy is worth beyond them is the difference.
 */
export const rows: Readonly<Record<string, Row>> = {
  'none': { strategy: 'none', augmentation: false },
  'adversarial': { strategy: 'adversarial', augmentation: false, adversarialWeight: 0.01 },
  'target statistics': { strategy: 'adversarial', augmentation: false, adversarialWeight: 0 },
  'none + augmentation': { strategy: 'none', augmentation: true },
  'target statistics + augmentation': { strategy: 'adversarial', augmentation: true, adversarialWeight: 0 },
  'adversarial + augmentation': { strategy: 'adversarial', augmentation: true, adversarialWeight: 0.01 },
  'self-training + augmentation': { strategy: 'self-training', augmentation: true },
};
