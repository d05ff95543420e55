import type { Experiment } from '../../experiment/experimentSchema';
import {
  type Node,
  type Program,
  type StateVariable,
  adam,
  add,
  createProgram,
  crossEntropy,
  divide,
  exp,
  input,
  log,
  multiply,
  oneHot,
  reshape,
  sgd,
  sum,
  total,
} from '../../graph';
import { sizeOf } from '../../graph/core/tensorShape';
import { segmentationNetwork } from '../networks';
import { encoderPrefix } from '../networks/efficientnetLite0';
import { startForwardPass } from '../networks/forwardPass';
import { statisticsOf, updateRunningAverages } from '../networks/runningAverages';
import { isKind } from '../../graph/core/node';
import { networkPrefix, NetworkWeights } from '../networks/networkWeights';
import { strategies } from '../strategies';
import { distanceFromPretrained } from '../strategies/featureDistance';
import type { BatchOutputs, StrategyTerms, StrategyContext } from '../strategies/strategy';
import { ignoreLabel } from '../../dataset/layouts/classList';

/** The published momentum of the segmentation network (AdaptSegNet, section 4.3). */
const momentum = 0.9;

/** Names of the inputs that every training step is fed. */
export const stepInputs = {
  source: 'source',
  labels: 'labels',
  target: 'target',
  rate: 'learningRate',
  discriminatorRate: 'discriminatorRate',
  strength: 'strength',
} as const;

/**
 * Builds the program of one training step: pictures [N,3,H,W] and labels int32 [N,1,H,W] in, losses out, named as in
 * the log.
 * @throws Error for settings that cannot go together
 */
export function trainingProgram(experiment: Experiment, classes: number): Program {
  const {
    training: {
      batch,
      size: [width, height],
      seed,
      classBalance,
    },
    adaptation,
  } = experiment;
  const weights = new NetworkWeights(networkPrefix, seed);
  const network = segmentationNetwork(experiment.network, classes, adaptation.levels);
  const lay: StrategyContext['applyNetwork'] = (x, others = weights, mode = 'batch') => {
    const pass = startForwardPass(others, mode);
    return { ...network(x, pass), statistics: pass.statistics };
  };
  const picture = (name: string) => input(name, [batch, 3, height, width]);
  const scalarInput = (name: string) => input(name, []);
  const source = picture(stepInputs.source);
  const labels = input(stepInputs.labels, [batch, 1, height, width], 'int32');
  const onSource = lay(source);
  const classWeights = (power: number) => (power > 0 ? balancedClassWeights(labels, classes, power) : undefined);
  const step: StrategyContext = {
    experiment,
    source,
    labels,
    classWeights: classWeights(adaptation.classBalance),
    target: picture(stepInputs.target),
    sourceOutputs: onSource,
    applyNetwork: lay,
    strength: scalarInput(stepInputs.strength),
    discriminatorRate: scalarInput(stepInputs.discriminatorRate),
  };
  const part = strategies[adaptation.strategy](step);
  const segmentation = segmentationLoss(
    onSource,
    labels,
    adaptation.secondSegmentationWeight,
    classWeights(classBalance),
  );
  const featureDistance =
    adaptation.featureDistance > 0 && onSource.features
      ? distanceFromPretrained(source, labels, onSource.features, seed)
      : undefined;
  const objective = [
    ...(featureDistance ? [multiply(featureDistance, adaptation.featureDistance)] : []),
    ...(part.objective ? [part.objective] : []),
  ].reduce((sum, term) => add(sum, term), segmentation);
  const updates = optimize(objective, weights, experiment, scalarInput(stepInputs.rate));
  const averages =
    part.averages ??
    updateRunningAverages(weights.averaged, statisticsOf(adaptation.statistics, onSource.statistics, part.statistics));
  const losses = { segmentation, ...(featureDistance && { featureDistance }), ...part.losses };
  return createProgram(losses, [...updates, ...carried(part, averages, updates, weights)]);
}

function segmentationLoss(
  { main, second }: BatchOutputs,
  labels: Node,
  secondWeight: number,
  classWeights: Node | undefined,
): Node {
  const loss = (logits: Node) => crossEntropy(logits, labels, { ignoreLabel, ...(classWeights && { classWeights }) });
  return second ? add(loss(main), multiply(loss(second), secondWeight)) : loss(main);
}

function optimize(objective: Node, weights: NetworkWeights, { training }: Experiment, rate: Node): StateVariable[] {
  const { optimizer, weightDecay } = training;
  const encoderShare = training.encoderLearningRate / training.learningRate;
  const learningRate = (weight: Node) => (isPretrained(weight) ? multiply(rate, encoderShare) : rate);
  if (optimizer === 'sgd') return sgd(objective, weights.trained, { learningRate, weightDecay, momentum });
  const decoupled = optimizer === 'adamw';
  return adam(objective, weights.trained, { learningRate, weightDecay, decoupled }, `adam/${networkPrefix}`);
}

/** Whether a weight belongs to an encoder that learns more slowly than the rest. */
function isPretrained(weight: Node): boolean {
  return isKind(weight, 'variable') && weight.operation.name.startsWith(`${networkPrefix}/${encoderPrefix}`);
}

/** The state that changes beside the network: running averages, and the strategy's own state. */
function carried(
  part: StrategyTerms,
  averages: readonly StateVariable[],
  updates: readonly StateVariable[],
  weights: NetworkWeights,
): StateVariable[] {
  const network = weights.trained.map(weight => updates.find(({ current }) => current === weight)!);
  return [...averages, ...(part.updates?.(network, averages) ?? [])];
}

/** A share added to that of every class, so that a class of few pixels, or none, has a weight that is not too large. */
const least = 0.001;

/**
 * Computes the weights of the classes, float32 [classes]: their shares of the pixels of labels [N,1,H,W], plus 0.001,
 * to the power of `-power`; scaled so that the labelled pixels weigh 1 on average.
 */
export function balancedClassWeights(labels: Node, classes: number, power: number): Node {
  const shares = multiply(sum(oneHot(labels, classes), [0, 2, 3]), 1 / sizeOf(labels.shape));
  const weights = exp(multiply(log(add(shares, least)), -power));
  const mean = divide(total(multiply(weights, shares)), add(total(shares), 1e-12));
  return reshape(divide(weights, add(mean, 1e-12)), [classes]);
}
