import { seededRandom } from '../../common/random';
import { type Node, variable } from '../../graph';
import { sizeOf } from '../../graph/core/tensorShape';

/** Draws the initial value of a weight: a number for each place, from numbers in [0, 1). */
export type Initializer = (shape: readonly number[], next: () => number) => Float32Array;

/**
 * Draws from a uniform distribution of variance 2 / (values that one output sums), which keeps the spread through
 * rectifiers (He et al., ICCV 2015, eq. 10).
 */
export const heInitializer = uniformInitializer(6);

/**
 * Initializes a filter evenly within ±√(1/fan-in), as PyTorch does by default: of a layer that learns for some hundred
 * steps only, less is left of what it began with.
 */
export const smallInitializer = uniformInitializer(1);

function uniformInitializer(numerator: number): Initializer {
  return (shape, next) => {
    const bound = Math.sqrt(numerator / sizeOf(shape.slice(1)));
    return Float32Array.from({ length: sizeOf(shape) }, () => (2 * next() - 1) * bound);
  };
}

/** Initializes every value of a weight to one number. */
export const constantInitializer =
  (value: number): Initializer =>
  shape =>
    new Float32Array(sizeOf(shape)).fill(value);

/** Prefix of the weights in training. */
export const networkPrefix = 'network';

/** Prefix of the teacher's weights. The teacher is the model in the end (Tarvainen & Valpola, NeurIPS 2017). */
export const teacherPrefix = 'teacher';
/** Prefix of the weights of the pretrained encoder in training, where it is kept as it was. */
export const imageNetPrefix = 'imagenet';

/**
 * The weights of one network as variables `prefix/name`, each made on the first request for it. A network that is laid
 * over several inputs requests the same weights several times. Initial values depend on the seed and the name alone,
 * not on the order of the layers.
 */
export class NetworkWeights {
  private readonly nodes = new Map<string, Node>();
  private readonly averages = new Map<string, Node>();

  constructor(
    readonly prefix: string,
    private readonly seed: number,
  ) {}

  /** The weights that training changes, in the order of their first requests. */
  get trained(): readonly Node[] {
    return [...this.nodes.values()];
  }

  /** The averages that follow the statistics of batches, in the order of their first requests. */
  get averaged(): readonly Node[] {
    return [...this.averages.values()];
  }

  /** Returns a weight that training changes. */
  weight(name: string, shape: readonly number[], initial: Initializer): Node {
    return this.getOrCreate(this.nodes, name, shape, initial);
  }

  /** Returns a value that inference needs and no gradient changes, such as a running mean. */
  average(name: string, size: number, initial: number): Node {
    return this.getOrCreate(this.averages, name, [size], constantInitializer(initial));
  }

  private getOrCreate(nodes: Map<string, Node>, name: string, shape: readonly number[], initial: Initializer): Node {
    const known = nodes.get(name);
    if (known) return known;
    const data = initial(shape, seededRandom((this.seed ^ hash(name)) >>> 0));
    const node = variable(`${this.prefix}/${name}`, { shape, data });
    nodes.set(name, node);
    return node;
  }
}

/** Hashes a text to 32 bits (FNV-1a). */
function hash(text: string): number {
  let bits = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) bits = Math.imul(bits ^ text.charCodeAt(index), 0x01000193);
  return bits;
}
