import type { Experiment } from '../../experiment/experimentSchema';
import {
  type Node,
  type StateVariable,
  adam,
  add,
  binaryCrossEntropy,
  multiply,
  softmax,
  squaredError,
  stopGradient,
} from '../../graph';
import { discriminator } from '../networks/discriminator';
import { NetworkWeights } from '../networks/networkWeights';
import type { BatchOutputs, StrategyTerms, StrategyContext } from './strategy';

/** What the discriminator sees of the logits [N,C,H,W] of an output. */
type OutputMap = (logits: Node) => Node;

/**
 * AdaptSegNet (Tsai et al., CVPR 2018): the network learns to give the target outputs that a discriminator takes for
 * the source's. With two levels each has a discriminator of its own (section 4.2).
 */
export function adversarial(step: StrategyContext): StrategyTerms {
  return adversarialOver(step, softmax);
}

/** Adversarial training over a map of the output: probabilities in AdaptSegNet, self-information in AdvEnt. */
export function adversarialOver(step: StrategyContext, view: OutputMap): StrategyTerms {
  const {
    experiment: {
      adaptation,
      training: { seed },
    },
    sourceOutputs,
    strength,
  } = step;
  const onTarget = step.applyNetwork(step.target);
  const level = (name: 'main' | 'second', weight: number, salt: number) => {
    const weights = new NetworkWeights(`discriminator/${name}`, seed + salt);
    const found = contest(view(outputOf(sourceOutputs, name)), view(outputOf(onTarget, name)), adaptation, weights);
    return { discriminatorLosses: found, weights, objective: multiply(found.adversarial, multiply(strength, weight)) };
  };
  const levels = [
    level('main', adaptation.adversarialWeight, 1),
    ...(adaptation.levels === 'multi' ? [level('second', adaptation.secondAdversarialWeight, 2)] : []),
  ];
  const sum = (of: (each: DiscriminatorLosses) => Node) =>
    levels.map(each => of(each.discriminatorLosses)).reduce((a, b) => add(a, b));
  return {
    losses: { adversarial: sum(each => each.adversarial), discriminator: sum(each => each.discriminator) },
    objective: levels.map(({ objective }) => objective).reduce((a, b) => add(a, b)),
    statistics: onTarget.statistics,
    updates: () =>
      levels.flatMap(each => updateDiscriminator(each.discriminatorLosses, each.weights, step.discriminatorRate)),
  };
}

/** @throws Error for an output that the network has not */
function outputOf(outputs: BatchOutputs, name: 'main' | 'second'): Node {
  const output = outputs[name];
  if (!output) throw new Error('adaptation.levels: "multi" needs a network with two outputs, such as mobilenetv2-aspp');
  return output;
}

/** The discriminator's answers. */
const [isSource, isTarget] = [0, 1];

export interface DiscriminatorLosses {
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
  weights: Pick<NetworkWeights, 'weight'>,
): DiscriminatorLosses {
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
export function updateDiscriminator(
  { discriminator: loss }: DiscriminatorLosses,
  weights: NetworkWeights,
  learningRate: Node,
): StateVariable[] {
  return adam(loss, weights.trained, { learningRate, beta1: 0.9, beta2: 0.99 }, `adam/${weights.prefix}`);
}
