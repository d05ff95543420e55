import {
  type Affine,
  type Node,
  type StateVariable,
  add,
  batchNormalisation,
  convolution,
  movingAverage,
  multiply,
  normalise,
} from '../../graph';
import { constantInitializer, heInitializer, type NetworkWeights } from './networkWeights';

/** Logits [N, classes, H, W] at the input's size. */
export interface NetworkOutputs {
  readonly main: Node;
  /** Logits of an earlier level, in networks with two outputs (AdaptSegNet, section 4.2). */
  readonly second?: Node;
}

/** A segmentation network laid over pictures x [N,3,H,W]. */
export type Network = (x: Node, pass: ForwardPass) => NetworkOutputs;

/** The state that the layers of a network share while it is laid over one input. */
export interface ForwardPass {
  readonly weights: NetworkWeights;
  /** Normalises by the batch's own statistics, as in training, or by the running averages, as in inference. */
  readonly mode: 'batch' | 'running';
  /** The batch's own statistics, in the order of the weights' averages; stays empty with the running ones. */
  readonly statistics: Node[];
}

/** Share of itself that a running average keeps from step to step. */
const averageKeeps = 0.95;

export function startForwardPass(weights: NetworkWeights, mode: ForwardPass['mode']): ForwardPass {
  return { weights, mode, statistics: [] };
}

/**
 * Moves running averages towards the mean of the statistics of several batches, which are in the order of the averages.
 */
export function updateRunningAverages(
  averages: readonly Node[],
  batches: readonly (readonly Node[])[],
): StateVariable[] {
  return averages.map((average, index) => {
    const sum = batches.map(statistics => statistics[index]!).reduce((a, b) => add(a, b));
    return movingAverage(average, multiply(sum, 1 / batches.length), averageKeeps);
  });
}

export interface ConvolutionLayer {
  /** Names of the filter and of the normalisation; the second defaults to the first with `.norm`. */
  readonly name: string;
  readonly norm?: string;
  readonly filters: number;
  /** Side of the filter, odd. Default 3. */
  readonly size?: number;
  readonly stride?: number;
  readonly dilation?: number;
  readonly groups?: number;
}

/**
 * Adds a convolution without bias, then batch normalisation. Names follow PyTorch: `weight`, `bias`, `running_mean`,
 * `running_var`.
 */
export function normalisedConvolution(x: Node, layer: ConvolutionLayer, pass: ForwardPass): Node {
  const { name, norm = `${name}.norm`, filters, size = 3, groups = 1, stride = 1, dilation = 1 } = layer;
  const filter = pass.weights.weight(`${name}.weight`, [filters, x.shape[1]! / groups, size, size], heInitializer);
  return normalised(convolution(x, filter, null, { stride, dilation, groups }), norm, pass);
}

/** Adds a convolution with bias, as at the end of a network. */
export function plainConvolution(
  x: Node,
  { name, filters, size = 3, stride = 1, dilation = 1 }: Omit<ConvolutionLayer, 'norm' | 'groups'>,
  pass: ForwardPass,
): Node {
  const filter = pass.weights.weight(`${name}.weight`, [filters, x.shape[1]!, size, size], heInitializer);
  return convolution(x, filter, pass.weights.weight(`${name}.bias`, [filters], constantInitializer(0)), {
    stride,
    dilation,
  });
}

function normalised(x: Node, name: string, { weights, mode, statistics }: ForwardPass): Node {
  const channels = x.shape[1]!;
  const affine: Affine = {
    scale: weights.weight(`${name}.weight`, [channels], constantInitializer(1)),
    shift: weights.weight(`${name}.bias`, [channels], constantInitializer(0)),
  };
  const running = {
    mean: weights.average(`${name}.running_mean`, channels, 0),
    variance: weights.average(`${name}.running_var`, channels, 1),
  };
  if (mode === 'running') return normalise(x, affine, running);
  const { output, mean, variance } = batchNormalisation(x, affine);
  statistics.push(mean, variance);
  return output;
}
