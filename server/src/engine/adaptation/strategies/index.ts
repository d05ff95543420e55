import type { StrategyName } from '../../experiment/adaptationSchema';
import { adversarial } from './adversarial';
import { entropy } from './entropy';
import { selfTraining } from './selfTraining';
import { sourceOnly } from './sourceOnly';
import type { Strategy } from './strategy';

export const strategies: Readonly<Record<StrategyName, Strategy>> = {
  none: sourceOnly,
  adversarial,
  entropy,
  'self-training': selfTraining,
};
