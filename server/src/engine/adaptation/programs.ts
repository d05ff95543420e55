import {
  adam,
  add,
  argMax,
  createProgram,
  crossEntropy,
  input,
  multiply,
  sgd,
  softmax,
  type Node,
  type Program,
  type StateVariable,
} from '../graph';
import type { Experiment } from './experiment';
import { balancedWeights } from './balance';
import { ignoreLabel } from './labels';
import { networkOf } from './networks/network';
import { followBatches, startPass } from './networks/pass';
import { Weights } from './networks/weights';
import { strategies } from './strategies';
import { teacherPrefix } from './strategies/selfTraining';
import type { Laid, Part, Step } from './strategies/strategy';

/** Prefix of the weights in training. */
const networkPrefix = 'network';
/** Published momentum of the segmentation network (AdaptSegNet, section 4.3). */
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
 * One training step of an experiment: pictures [N,3,H,W] and labels int32 [N,1,H,W] in, losses out, named as in the
 * log.
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
  const weights = new Weights(networkPrefix, seed);
  const network = networkOf(experiment.network, classes);
  const lay: Step['lay'] = (x, others = weights, mode = 'batch') => {
    const pass = startPass(others, mode);
    return { ...network(x, pass), statistics: pass.statistics };
  };
  const picture = (name: string) => input(name, [batch, 3, height, width]);
  const scalarInput = (name: string) => input(name, []);
  const source = picture(stepInputs.source);
  const labels = input(stepInputs.labels, [batch, 1, height, width], 'int32');
  const onSource = lay(source);
  const step: Step = {
    experiment,
    source,
    labels,
    target: picture(stepInputs.target),
    onSource,
    lay,
    strength: scalarInput(stepInputs.strength),
    discriminatorRate: scalarInput(stepInputs.discriminatorRate),
  };
  const part = strategies[adaptation.strategy](step);
  const classWeights = classBalance > 0 ? balancedWeights(labels, classes, classBalance) : undefined;
  const segmentation = segmentationLoss(onSource, labels, adaptation.secondSegmentationWeight, classWeights);
  const objective = part.objective ? add(segmentation, part.objective) : segmentation;
  const updates = optimize(objective, weights, experiment, scalarInput(stepInputs.rate));
  const averages =
    part.averages ??
    followBatches(weights.averaged, statisticsOf(adaptation.statistics, onSource.statistics, part.statistics));
  return createProgram({ segmentation, ...part.losses }, [...updates, ...carried(part, averages, updates, weights)]);
}

function segmentationLoss(
  { main, second }: Laid,
  labels: Node,
  secondWeight: number,
  classWeights: Node | undefined,
): Node {
  const loss = (logits: Node) => crossEntropy(logits, labels, { ignoreLabel, ...(classWeights && { classWeights }) });
  return second ? add(loss(main), multiply(loss(second), secondWeight)) : loss(main);
}

function optimize(
  objective: Node,
  weights: Weights,
  { training: { optimizer, weightDecay } }: Experiment,
  learningRate: Node,
): StateVariable[] {
  return optimizer === 'adam'
    ? adam(objective, weights.trained, { learningRate, weightDecay }, `adam/${networkPrefix}`)
    : sgd(objective, weights.trained, { learningRate, weightDecay, momentum });
}

/** What the running averages follow: the batches' statistics that an experiment names. */
function statisticsOf(
  whose: Experiment['adaptation']['statistics'],
  source: readonly Node[],
  target: readonly Node[] | undefined,
): (readonly Node[])[] {
  if (!target || whose === 'source') return [source];
  return whose === 'both' ? [source, target] : [target];
}

/** What changes beside the network: running averages, and the strategy's own state. */
function carried(
  part: Part,
  averages: readonly StateVariable[],
  updates: readonly StateVariable[],
  weights: Weights,
): StateVariable[] {
  const network = weights.trained.map(weight => updates.find(({ current }) => current === weight)!);
  return [...averages, ...(part.updates?.(network) ?? [])];
}

/**
 * Segments pictures of one size by a trained network: `classes` int32 [N,1,H,W] and `probabilities` [N,classes,H,W].
 */
export function inferenceProgram(
  experiment: Experiment,
  classes: number,
  shape: readonly [batch: number, height: number, width: number],
): Program {
  const prefix = experiment.adaptation.strategy === 'self-training' ? teacherPrefix : networkPrefix;
  const pass = startPass(new Weights(prefix, experiment.training.seed), 'running');
  const { main } = networkOf(experiment.network, classes)(
    input(stepInputs.source, [shape[0], 3, shape[1], shape[2]]),
    pass,
  );
  return createProgram({ classes: argMax(main, 1), probabilities: softmax(main) });
}
