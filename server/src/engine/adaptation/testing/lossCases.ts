import * as g from '../../graph';
import { balancedClassWeights } from '../training/trainingProgram';
import { contest, type DiscriminatorLosses } from '../strategies/adversarial';
import { caseValues } from '../../graph/testing/gradientCase';
import { sizeOf } from '../../graph/core/tensorShape';
import { featureDistance } from '../strategies/featureDistance';
import { SpectralNorm } from '../strategies/spectralNorm';
import type { NetworkWeights } from '../networks/networkWeights';
import { meanEntropy } from '../strategies/entropy';
import { pseudoLabelsOf, mixByMask, weightedCrossEntropy } from '../strategies/selfTraining';

/** Shapes of a case's inputs: logits on the source, logits on the target, the discriminator's first filter. */
export const shapes = [
  [2, 3, 32, 40],
  [2, 3, 32, 40],
  [4, 3, 4, 4],
] as const;
/** The factors of the inputs: an input's values are `caseValues` times its factor. */
export const scales = [4, 4, 0.35] as const;

const [[batch, classes, height, width]] = shapes;
const pixels = batch * height * width;
const labels = g.constant({
  shape: [batch, 1, height, width],
  data: Int32Array.from({ length: pixels }, (_, p) => (p % 7 === 6 ? 255 : p % classes)),
});
/** Labels in which class 2 is rare. */
const uneven = g.constant({
  shape: [batch, 1, height, width],
  data: Int32Array.from({ length: pixels }, (_, p) => (p % 11 === 10 ? 255 : p % 50 === 0 ? 2 : p % 3 === 0 ? 1 : 0)),
});
const mask = g.constant({
  shape: [batch, 1, height, width],
  data: Float32Array.from({ length: pixels }, (_, p) => Math.floor(p / 5) % 2),
});

/** Labels of features at stride 2, of which the last cells are not whole. */
const finer = g.constant({
  shape: [batch, 1, 2 * height - 1, 2 * width - 1],
  data: Int32Array.from({ length: batch * (2 * height - 1) * (2 * width - 1) }, (_, p) => (p % 7 === 6 ? 255 : p % 3)),
});

/** A loss as a function of the inputs, and the input by which it is differentiated. */
export interface LossCase {
  readonly name: string;
  readonly by: 0 | 1 | 2;
  readonly build: (...inputs: g.Node[]) => g.Node;
}

/** Fixed weights of a discriminator, equal to those of the reference script: smaller where an output sums more. */
function fixedWeights(firstFilter: g.Node): (name: string, shape: readonly number[]) => g.Node {
  const nodes = new Map([['conv1.weight', firstFilter]]);
  return (name, shape) => {
    const scale = shape.length === 1 ? 0.1 : Math.sqrt(6 / sizeOf(shape.slice(1)));
    const node =
      nodes.get(name) ?? g.constant({ shape, data: caseValues(sizeOf(shape), nodes.size).map(value => value * scale) });
    nodes.set(name, node);
    return node;
  };
}

/** The same, divided by their largest singular values, whose directions are (1, 1, …) before the step. */
function normalisedWeights(firstFilter: g.Node): SpectralNorm {
  const direction = (name: string, size: number) =>
    g.variable(name, { shape: [size], data: new Float32Array(size).fill(1) });
  return new SpectralNorm({ weight: fixedWeights(firstFilter), average: direction });
}

function contestCases(
  gan: 'vanilla' | 'least-squares',
  views: string,
  view: (logits: g.Node) => g.Node,
  weightsOf: (firstFilter: g.Node) => Pick<NetworkWeights, 'weight'> = filter => ({ weight: fixedWeights(filter) }),
): LossCase[] {
  const build =
    (which: keyof DiscriminatorLosses) =>
    (...[source, target, filter]: g.Node[]) =>
      contest(view(source), view(target), { gan, discriminatorChannels: 4 }, weightsOf(filter))[which];
  return [
    { name: `${gan}, ${views}: adversarial loss by the target`, by: 1, build: build('adversarial') },
    { name: `${gan}, ${views}: discriminator loss by its weights`, by: 2, build: build('discriminator') },
  ];
}

const selfInformation = (logits: g.Node) => g.entropyMap(g.softmax(logits));

/** The segmentation loss where rare classes count more. */
function balancedLoss(source: g.Node): g.Node {
  return g.crossEntropy(source, uneven, { ignoreLabel: 255, classWeights: balancedClassWeights(uneven, classes, 0.5) });
}

/** ClassMix's loss where the target's logits are the teacher's and the source's are the network's on the mixture. */
function mixtureLoss(onMixture: g.Node, teacher: g.Node, classWeights?: g.Node): g.Node {
  const { pseudoLabels, confidentShare } = pseudoLabelsOf(teacher, 0.9);
  return weightedCrossEntropy(
    onMixture,
    g.where(g.greater(mask, 0.5), labels, pseudoLabels),
    mixByMask(mask, g.scalar(1), confidentShare),
    classWeights,
  );
}

export const lossCases: readonly LossCase[] = [
  ...contestCases('vanilla', 'probabilities', g.softmax),
  ...contestCases('least-squares', 'probabilities', g.softmax),
  ...contestCases('vanilla', 'self-information', selfInformation),
  ...contestCases('vanilla', 'spectral norm', g.softmax, normalisedWeights),
  { name: 'entropy by the target', by: 1, build: (...[, target]) => meanEntropy(target) },
  {
    name: 'self-training on a mixture by the network',
    by: 0,
    build: (...[source, target]) => mixtureLoss(source, target),
  },
  {
    name: 'self-training on a mixture with balanced classes by the network',
    by: 0,
    build: (...[source, target]) => mixtureLoss(source, target, balancedClassWeights(labels, classes, 0.5)),
  },
  { name: 'balanced segmentation by the network', by: 0, build: balancedLoss },
  {
    name: 'distance of features by the network',
    by: 0,
    build: (...[found, wanted]) => featureDistance(found, wanted, finer, 2),
  },
];
