import {
  adam,
  add,
  binaryCrossEntropy,
  multiply,
  squaredError,
  stopGradient,
  type Node,
  type StateVariable,
} from '../../graph';
import { discriminator } from '../networks/discriminator';
import type { Weights } from '../networks/weights';
import type { Experiment } from '../experiment';

/** The discriminator's answers. */
const [isSource, isTarget] = [0, 1];

export interface Contest {
  /** How well the target passes for the source: what the network minimises. */
  readonly adversarial: Node;
  /** How badly the discriminator tells the domains apart: what it minimises. */
  readonly discriminator: Node;
}

/**
 * Sets a discriminator between what the network says of the source and of the target, each [N,C,H,W] (AdaptSegNet,
 * equations 1, 3 and 6): it learns from values, the network through the discriminator as it is before the step.
 */
export function contest(
  source: Node,
  target: Node,
  { gan, discriminatorChannels }: Pick<Experiment['adaptation'], 'gan' | 'discriminatorChannels'>,
  weights: Pick<Weights, 'weight'>,
): Contest {
  const loss = (x: Node, domain: number) => {
    const logits = discriminator(x, discriminatorChannels, weights);
    return gan === 'vanilla' ? binaryCrossEntropy(logits, domain) : squaredError(logits, domain);
  };
  return {
    adversarial: loss(target, isSource),
    discriminator: multiply(add(loss(stopGradient(source), isSource), loss(stopGradient(target), isTarget)), 0.5),
  };
}

/** The discriminator's step: Adam with the published moments (AdaptSegNet, section 4.3). */
export function improve({ discriminator: loss }: Contest, weights: Weights, learningRate: Node): StateVariable[] {
  return adam(loss, weights.trained, { learningRate, beta1: 0.9, beta2: 0.99 }, `adam/${weights.prefix}`);
}
