/** The condition under which two pixels of a map may be partners. */
export interface Tolerance {
  /** The greatest distance of partners, in pixels. */
  readonly distance: number;
  /** The number of pixels in a row of the map. */
  readonly stride: number;
  /** The number of pixels of the map; it has a margin such that no offset within the distance leads out of it. */
  readonly size: number;
}

/** Lists the offsets within the distance, the nearest first. */
function offsetsWithin({ distance, stride }: Tolerance): Int32Array {
  const reach = Math.floor(distance);
  const offsets: { offset: number; squared: number }[] = [];
  for (let y = -reach; y <= reach; y++) {
    for (let x = -reach; x <= reach; x++) {
      if (x * x + y * y <= distance * distance) offsets.push({ offset: y * stride + x, squared: x * x + y * y });
    }
  }
  return Int32Array.from(
    offsets.sort((a, b) => a.squared - b.squared),
    ({ offset }) => offset,
  );
}

/**
 * Pairs pixels of `a` one to one with pixels of `b` within the tolerance: first the nearest, then with augmenting paths
 * (Hopcroft and Karp, SIAM Journal on Computing 2(4), 1973) until there are as many pairs as can be. The BSDS benchmark
 * minimises a sum of distances in which a pixel without a partner counts a hundred times the tolerance, so it has as
 * many pairs.
 * @returns by pixel of `a` the index of its partner in `b`, or -1
 */
export function matchPixels(a: Int32Array, b: Int32Array, tolerance: Tolerance): Int32Array {
  const matching = new Matching(a, b, tolerance);
  matching.pairNearest();
  while (matching.layer()) matching.augment();
  return matching.partnerOfA;
}

class Matching {
  readonly partnerOfA: Int32Array;
  private readonly partnerOfB: Int32Array;
  /** The index in `b` of the pixel at each position of the map, or -1. */
  private readonly at: Int32Array;
  private readonly offsets: Int32Array;
  /**
   * The length of an alternating path to each pixel of `a` from one without a partner; -1 where there is none, or none
   * any more.
   */
  private readonly depth: Int32Array;

  constructor(
    private readonly a: Int32Array,
    b: Int32Array,
    tolerance: Tolerance,
  ) {
    this.offsets = offsetsWithin(tolerance);
    this.partnerOfA = new Int32Array(a.length).fill(-1);
    this.partnerOfB = new Int32Array(b.length).fill(-1);
    this.depth = new Int32Array(a.length);
    this.at = new Int32Array(tolerance.size).fill(-1);
    for (let j = 0; j < b.length; j++) this.at[b[j]] = j;
  }

  pairNearest(): void {
    const { a, at, partnerOfA, partnerOfB } = this;
    for (const offset of this.offsets) {
      for (let i = 0; i < a.length; i++) {
        if (partnerOfA[i] >= 0) continue;
        const j = at[a[i] + offset];
        if (j < 0 || partnerOfB[j] >= 0) continue;
        partnerOfA[i] = j;
        partnerOfB[j] = i;
      }
    }
  }

  /**
   * Computes the depths by a breadth-first search.
   * @returns whether a path leads to a pixel of `b` without a partner
   */
  layer(): boolean {
    const { a, at, offsets, depth, partnerOfA, partnerOfB } = this;
    const queue: number[] = [];
    for (let i = 0; i < a.length; i++) {
      depth[i] = partnerOfA[i] < 0 ? 0 : -1;
      if (depth[i] === 0) queue.push(i);
    }
    let found = false;
    for (const i of queue) {
      // grows while it is walked
      for (const offset of offsets) {
        const j = at[a[i] + offset];
        if (j < 0) continue;
        const next = partnerOfB[j];
        if (next < 0) found = true;
        else if (depth[next] < 0) {
          depth[next] = depth[i] + 1;
          queue.push(next);
        }
      }
    }
    return found;
  }

  /** Inverts the pairs along a largest set of disjoint augmenting paths, which the depths give. */
  augment(): void {
    const { a, at, offsets, depth, partnerOfA, partnerOfB } = this;
    const tried = new Uint16Array(a.length);
    const choice = new Int32Array(a.length);
    for (let root = 0; root < a.length; root++) {
      if (partnerOfA[root] >= 0) continue;
      const path = [root];
      while (path.length > 0) {
        const i = path[path.length - 1];
        if (tried[i] === offsets.length) {
          depth[i] = -1;
          path.pop();
          continue;
        }
        const j = at[a[i] + offsets[tried[i]++]];
        if (j < 0) continue;
        choice[i] = j;
        const next = partnerOfB[j];
        if (next >= 0) {
          if (depth[next] === depth[i] + 1) path.push(next);
          continue;
        }
        for (const k of path) {
          partnerOfA[k] = choice[k];
          partnerOfB[choice[k]] = k;
          depth[k] = -1;
        }
        break;
      }
    }
  }
}
