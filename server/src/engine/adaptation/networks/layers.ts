import type { ForwardPass } from './forwardPass';
import { type Affine, type Node, batchNormalisation, batchStatistics, convolution, normalise } from '../../graph';
import { constantInitializer, heInitializer, type Initializer } from './networkWeights';

/** Logits [N, classes, H, W] at the input's size. */
export interface NetworkOutputs {
  readonly main: Node;
  /** Logits of an earlier level, in networks with two outputs (AdaptSegNet, section 4.2). */
  readonly second?: Node;
  /** The features [N,C,h,w] that the logits are made of, in networks with a pretrained encoder. */
  readonly decoded?: Node;
  /** The coarsest level of a pretrained encoder. */
  readonly features?: Node;
}

/** A segmentation network laid over pictures x [N,3,H,W]. */
export type Network = (x: Node, pass: ForwardPass) => NetworkOutputs;

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
  /** Of the filter. Default: He's. */
  readonly initializer?: Initializer;
}

/**
 * Adds a convolution without bias, then batch normalisation. Names follow PyTorch: `weight`, `bias`, `running_mean`,
 * `running_var`.
 */
export function normalisedConvolution(x: Node, layer: ConvolutionLayer, pass: ForwardPass): Node {
  const { name, norm = `${name}.norm`, filters, size = 3, groups = 1, stride = 1, dilation = 1 } = layer;
  const { initializer = heInitializer } = layer;
  const filter = pass.weights.weight(`${name}.weight`, [filters, x.shape[1]! / groups, size, size], initializer);
  return normalised(convolution(x, filter, null, { stride, dilation, groups }), norm, pass);
}

/** Adds a convolution with bias, as at the end of a network. */
export function plainConvolution(
  x: Node,
  {
    name,
    filters,
    size = 3,
    stride = 1,
    dilation = 1,
    initializer = heInitializer,
  }: Omit<ConvolutionLayer, 'norm' | 'groups'>,
  pass: ForwardPass,
): Node {
  const filter = pass.weights.weight(`${name}.weight`, [filters, x.shape[1]!, size, size], initializer);
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
  const stored = {
    mean: weights.average(`${name}.running_mean`, channels, 0),
    variance: weights.average(`${name}.running_var`, channels, 1),
  };
  if (mode === 'batch') {
    const { output, mean, variance } = batchNormalisation(x, affine);
    statistics.push({ stored, found: { mean, variance } });
    return output;
  }
  statistics.push({ stored, found: batchStatistics(x) });
  return normalise(x, affine, stored);
}
