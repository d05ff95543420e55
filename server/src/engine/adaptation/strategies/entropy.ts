import { type Node, entropyMap, multiply, softmax, total } from '../../graph';
import { imageShape } from '../../graph/core/tensorShape';
import { adversarialOver } from './adversarial';
import type { StrategyTerms, StrategyContext } from './strategy';

/**
 * ADVENT (Vu et al., CVPR 2019): the network learns to be sure of the target. MinEnt minimises the entropy itself
 * (section 3.1); AdvEnt makes a discriminator take the target's self-information for the source's (section 3.2).
 */
export function entropy(step: StrategyContext): StrategyTerms {
  const {
    experiment: { adaptation },
    strength,
  } = step;
  if (adaptation.entropyVariant === 'advent') return adversarialOver(step, logits => entropyMap(softmax(logits)));
  const onTarget = step.applyNetwork(step.target);
  const loss = meanEntropy(onTarget.main);
  return {
    losses: { entropy: loss },
    objective: multiply(loss, multiply(strength, adaptation.entropyWeight)),
    statistics: onTarget.statistics,
  };
}

/**
 * Computes the mean over pixels of the entropy of the softmax of logits [N,C,H,W], 0 … 1 (equations 1 and 2, divided by
 * the pixels).
 */
export function meanEntropy(logits: Node): Node {
  const [batch, , height, width] = imageShape(logits.shape);
  return multiply(total(entropyMap(softmax(logits))), 1 / (batch * height * width));
}
