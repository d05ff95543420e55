import { batchNormalisation, convolution, normalise, relu, variable, type Node } from '../graph';
import type { Random } from '../common/random';
import type { TensorValue } from '../graph/core/operation';

/** The size of a network: channels in, channels of every layer, and number of blocks. */
export interface NetworkSize {
  readonly inputs: number;
  readonly channels: number;
  /** Blocks of a 3×3 convolution each. */
  readonly blocks: number;
}

/** A network on a picture, as nodes of a graph. */
export interface Network {
  /** [1, channels, H, W]: a pixel's label is the channel of its greatest response. */
  readonly response: Node;
  readonly weights: readonly Node[];
  /**
   * The statistics of the batch in each layer's normalisation: `mean1`, `variance1`, … Empty where they were given.
   */
  readonly statistics: Readonly<Record<string, Node>>;
}

/** Initial weights by name, as PyTorch initialises convolutions: uniform within ±1/√(values that one output sums). */
export function initialWeights({ inputs, channels, blocks }: NetworkSize, next: Random): Record<string, TensorValue> {
  const weights: Record<string, TensorValue> = {};
  const uniform = (shape: readonly number[], bound: number): TensorValue => ({
    shape,
    data: Float32Array.from(
      { length: shape.reduce((product, size) => product * size, 1) },
      () => (2 * next() - 1) * bound,
    ),
  });
  for (let layer = 1; layer <= blocks + 1; layer++) {
    const size = layer <= blocks ? 3 : 1;
    const from = layer === 1 ? inputs : channels;
    const bound = 1 / Math.sqrt(from * size * size);
    weights[`filter${layer}`] = uniform([channels, from, size, size], bound);
    weights[`bias${layer}`] = uniform([channels], bound);
    weights[`scale${layer}`] = { shape: [channels], data: new Float32Array(channels).fill(1) };
    weights[`shift${layer}`] = { shape: [channels], data: new Float32Array(channels) };
  }
  return weights;
}

/**
 * Builds the network of both papers on `x` [N, inputs, H, W]: blocks of 3×3 convolution, ReLU and batch normalisation,
 * then a 1×1 convolution and batch normalisation, which makes the responses of all labels comparable (Kanezaki, ICASSP
 * 2018, section 3.1; Kim et al., TIP 2020, section III-A). It normalises by the batch's own statistics unless `initial`
 * has others.
 */
export function buildNetwork(x: Node, blocks: number, initial: Readonly<Record<string, TensorValue>>): Network {
  const weights: Node[] = [];
  const statistics: Record<string, Node> = {};
  const weight = (name: string) => {
    const node = variable(name, initial[name]);
    weights.push(node);
    return node;
  };
  let y = x;
  for (let layer = 1; layer <= blocks + 1; layer++) {
    y = convolution(y, weight(`filter${layer}`), weight(`bias${layer}`));
    if (layer <= blocks) y = relu(y);
    const affine = { scale: weight(`scale${layer}`), shift: weight(`shift${layer}`) };
    const [mean, variance] = [`mean${layer}`, `variance${layer}`];
    if (mean in initial)
      y = normalise(y, affine, {
        mean: variable(mean, initial[mean]),
        variance: variable(variance, initial[variance]),
      });
    else {
      const normalised = batchNormalisation(y, affine);
      Object.assign(statistics, { [mean]: normalised.mean, [variance]: normalised.variance });
      y = normalised.output;
    }
  }
  return { response: y, weights, statistics };
}
