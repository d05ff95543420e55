import type { StrategyName } from '../../experiment/experimentSchema';
import { adversarial } from './adversarial';
import { entropy } from './entropy';
import { selfTraining } from './selfTraining';
import type { Strategy } from './strategy';

/** Supervised training on the source. */
const none: Strategy = () => ({ losses: {} });

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  none,
  adversarial,
  entropy,
  'self-training': selfTraining,
};
