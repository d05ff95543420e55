import type { RegionMap } from '../../../../mask/regions/regionMap';

/** Pairs of touching regions; pair `i` is `a[i] < b[i]`, and its common border is an arc. */
export interface Adjacency {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** Pixel sides that the two regions share. */
  readonly lengths: Float64Array;
  /** Sum of the boundary strength over the shared sides. */
  readonly strengths: Float64Array;
}

/**
 * Finds which regions touch and how strong the boundary between them is. The strength of a pixel side is the mean of
 * the two pixels beside it.
 */
export function adjacency(regions: RegionMap, boundary: Float32Array): Adjacency {
  const { width, height, count, ids } = regions;
  const arcOf = new Map<number, number>();
  const a: number[] = [],
    b: number[] = [],
    lengths: number[] = [],
    strengths: number[] = [];
  const addSide = (p: number, q: number) => {
    const low = Math.min(ids[p], ids[q]);
    const high = Math.max(ids[p], ids[q]);
    const key = low * count + high;
    let arc = arcOf.get(key);
    if (arc === undefined) {
      arc = a.length;
      arcOf.set(key, arc);
      a.push(low);
      b.push(high);
      lengths.push(0);
      strengths.push(0);
    }
    lengths[arc]++;
    strengths[arc] += (boundary[p] + boundary[q]) / 2;
  };
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      if (x + 1 < width && ids[p] !== ids[p + 1]) addSide(p, p + 1);
      if (y + 1 < height && ids[p] !== ids[p + width]) addSide(p, p + width);
    }
  }
  return {
    a: Int32Array.from(a),
    b: Int32Array.from(b),
    lengths: Float64Array.from(lengths),
    strengths: Float64Array.from(strengths),
  };
}
