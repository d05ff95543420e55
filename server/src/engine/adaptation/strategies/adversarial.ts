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
import { SpectralNorm } from './spectralNorm';
import type { BatchOutputs, StrategyTerms, StrategyContext } from './strategy';

/** Derives from the logits [N,C,H,W] of an output the map that the discriminator sees. */
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
  const level = (name: OutputName, weight: number, salt: number) => {
    const weights = new NetworkWeights(`discriminator/${name}`, seed + salt);
    const norm = adaptation.discriminatorNorm === 'spectral' ? new SpectralNorm(weights) : undefined;
    const seen = (outputs: BatchOutputs) => {
      const output = outputOf(outputs, name);
      return name === 'decoded' ? output : view(output);
    };
    const found = contest(seen(sourceOutputs), seen(onTarget), adaptation, norm ?? weights);
    const objective = multiply(found.adversarial, multiply(strength, weight));
    return { discriminatorLosses: found, weights, norm, objective };
  };
  const levels = [
    level(adaptation.levels === 'features' ? 'decoded' : 'main', adaptation.adversarialWeight, 1),
    ...(adaptation.levels === 'multi' ? [level('second', adaptation.secondAdversarialWeight, 2)] : []),
  ];
  const sum = (term: (each: DiscriminatorLosses) => Node) =>
    levels.map(each => term(each.discriminatorLosses)).reduce((a, b) => add(a, b));
  return {
    losses: { adversarial: sum(each => each.adversarial), discriminator: sum(each => each.discriminator) },
    objective: levels.map(({ objective }) => objective).reduce((a, b) => add(a, b)),
    statistics: onTarget.statistics,
    updates: () =>
      levels.flatMap(({ discriminatorLosses, weights, norm }) => [
        ...updateDiscriminator(discriminatorLosses, weights, step.discriminatorRate),
        ...(norm?.updates ?? []),
      ]),
  };
}

/** What a discriminator sees of a network. */
type OutputName = 'main' | 'second' | 'decoded';

/** Returns an output of the network, or its features. @throws Error for one that the network has not */
function outputOf(outputs: BatchOutputs, name: OutputName): Node {
  const output = outputs[name];
  if (!output) throw new Error(`adaptation.levels: the network has no ${name === 'second' ? 'second output' : name}`);
  return output;
}

/** The discriminator's target values for the two domains. */
const [isSource, isTarget] = [0, 1];

export interface DiscriminatorLosses {
  /** The loss that the network minimises: small where the target passes for the source. */
  readonly adversarial: Node;
  /** The loss that the discriminator minimises: small where it separates the domains well. */
  readonly discriminator: Node;
}

/**
 * Applies a discriminator to the network's outputs on the source and on the target, each [N,C,H,W] (AdaptSegNet,
 * equations 1, 3 and 6): the discriminator learns from their values, the network through the discriminator as it is
 * before the step.
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

/** Updates the discriminator by a step of Adam with the published moments (AdaptSegNet, section 4.3). */
export function updateDiscriminator(
  { discriminator: loss }: DiscriminatorLosses,
  weights: NetworkWeights,
  learningRate: Node,
): StateVariable[] {
  return adam(loss, weights.trained, { learningRate, beta1: 0.9, beta2: 0.99 }, `adam/${weights.prefix}`);
}
