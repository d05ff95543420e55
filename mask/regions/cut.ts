import type { Hierarchy } from './hierarchy';

/** The labels at one granularity. */
export interface Cut {
  /** By region: its label value, from 1; 0 is background. */
  readonly labelOf: Uint16Array;
  /** By label value - 1: the region whose name, colour and lock the label has; `noRegion` for an unused value. */
  readonly representative: Uint32Array;
  /** The number of labels without the background. */
  readonly count: number;
}

/** By region: not 0 where a cut leaves the region out, since its label does not depend on the granularity. */
export type FixedRegions = Uint8Array;

/** Marks a value in `Cut.representative` that no label has; only masks without a hierarchy have such values. */
export const noRegion = 0xffffffff;

/** The number of merges that a cut at `granularity` applies: those of a level above it. Found by binary search. */
export function mergesAt(hierarchy: Hierarchy, granularity: number): number {
  let low = 0,
    high = hierarchy.levels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hierarchy.levels[middle] > granularity) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * By base region: the region that represents its label at `granularity`; regions of one label share it. A node is
 * represented by its left child's representative, so the larger part of a merge keeps the label and the smaller part
 * regains its own when the merge is undone. Fixed regions represent no others; a group of fixed regions alone has
 * `noRegion`. Takes time linear in the number of regions.
 */
export function representativesAt(hierarchy: Hierarchy, granularity: number, fixed?: FixedRegions): Uint32Array {
  const { count, left, right } = hierarchy;
  const merges = mergesAt(hierarchy, granularity);
  const representative = new Uint32Array(count + merges);
  for (let node = 0; node < count; node++) representative[node] = fixed?.[node] ? noRegion : node;
  for (let k = 0; k < merges; k++)
    representative[count + k] =
      representative[left[k]] === noRegion ? representative[right[k]] : representative[left[k]];
  for (let k = merges - 1; k >= 0; k--) representative[left[k]] = representative[right[k]] = representative[count + k];
  return representative.subarray(0, count);
}

/**
 * Cuts a hierarchy at `granularity`, in 0 … 1. Label values follow the lowest region id of each label; fixed regions
 * have none.
 */
export function cut(hierarchy: Hierarchy, granularity: number, fixed?: FixedRegions): Cut {
  const representatives = representativesAt(hierarchy, granularity, fixed);
  const labelOf = new Uint16Array(hierarchy.count);
  const representative = new Uint32Array(hierarchy.count - mergesAt(hierarchy, granularity));
  const valueOf = new Uint16Array(hierarchy.count);
  let count = 0;
  for (let region = 0; region < labelOf.length; region++) {
    if (fixed?.[region]) continue;
    const stands = representatives[region];
    if (valueOf[stands] === 0) {
      representative[count] = stands;
      valueOf[stands] = ++count;
    }
    labelOf[region] = valueOf[stands];
  }
  return { labelOf, representative: representative.subarray(0, count), count };
}

/**
 * The granularity whose cut has `regions` labels. Where merges of equal level prevent that number, the nearest possible
 * number is taken, the larger of two equally near ones.
 */
export function granularityForCount(hierarchy: Hierarchy, regions: number): number {
  const { count, levels } = hierarchy;
  const target = Math.min(Math.max(count - Math.round(regions), 0), count - 1);
  const possible = (merges: number) => merges === 0 || merges === levels.length || levels[merges - 1] > levels[merges];
  let fewer = target,
    more = target;
  while (!possible(fewer)) fewer--;
  while (!possible(more)) more++;
  const merges = target - fewer <= more - target ? fewer : more;
  if (merges === 0) return 1;
  return merges === levels.length ? 0 : levels[merges];
}
