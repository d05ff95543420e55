import type { StrategyName } from '../../experiment/experimentSchema';
import { adversarial } from './adversarial';
import { entropy } from './entropy';
import { selfTraining } from './selfTraining';
import type { Strategy } from './strategy';

/** The strategy of supervised training on the source, which adds nothing. */
const none: Strategy = () => ({ losses: {} });

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  none,
  adversarial,
  entropy,
  'self-training': selfTraining,
};
