import {
  type Node,
  type StateVariable,
  add,
  assign,
  divide,
  matmul,
  multiply,
  reshape,
  sqrt,
  square,
  stopGradient,
  total,
} from '../../graph';
import type { NetworkWeights } from '../networks/networkWeights';
import { sizeOf } from '../../graph/core/tensorShape';

/** Keeps a direction finite where a filter is 0. */
const tiny = 1e-12;

/**
 * Divides filters by their largest singular value, found by one step of power iteration at each training step
 * (spectral normalisation, Miyato et al., ICLR 2018, algorithm 1). Biases stay as they are.
 */
export class SpectralNorm implements Pick<NetworkWeights, 'weight'> {
  private readonly filters = new Map<string, Node>();
  private readonly directions: StateVariable[] = [];

  constructor(private readonly weights: Pick<NetworkWeights, 'weight' | 'average'>) {}

  /** Returns a weight, normalised if it is a filter [filters, …]. */
  weight(...[name, shape, initial]: Parameters<NetworkWeights['weight']>): Node {
    const known = this.filters.get(name);
    if (known) return known;
    const weight = this.weights.weight(name, shape, initial);
    const normalised = shape.length > 1 ? this.normalise(name, weight) : weight;
    this.filters.set(name, normalised);
    return normalised;
  }

  /** The state that goes on to the next step: the directions found so far. */
  get updates(): readonly StateVariable[] {
    return this.directions;
  }

  private normalise(name: string, weight: Node): Node {
    const [filters] = weight.shape as [number];
    const matrix = reshape(weight, [filters, sizeOf(weight.shape) / filters]);
    const fixed = stopGradient(matrix);
    const stored = this.weights.average(`${name}.direction`, filters, 1);
    const right = unit(matmul(reshape(stored, [1, filters]), fixed));
    const left = unit(matmul(right, fixed, { transposeB: true }));
    this.directions.push(assign(stored, reshape(left, [filters])));
    return divide(weight, add(total(multiply(matmul(right, matrix, { transposeB: true }), left)), tiny));
  }
}

/** Scales a vector to length 1. */
function unit(vector: Node): Node {
  return divide(vector, sqrt(add(total(square(vector)), tiny)));
}
