import { largerChildrenLeft, type Hierarchy } from '../../../../mask/regions/hierarchy';
import { areasOf, type RegionMap } from '../../../../mask/regions/regionMap';
import type { Size } from '../image/picture';
import { connectedRegions } from '../pixels/connectedRegions';

/**
 * Connected regions of one class each, and their hierarchy: a cut at granularity 0.5 shows the classes, above it
 * objects.
 */
export interface ClassRegions {
  readonly regions: RegionMap;
  readonly hierarchy: Hierarchy;
  /** Class number by region. */
  readonly regionClasses: Uint8Array;
}

/** The connected regions of a map of classes; a piece below `minimumArea` pixels joins its neighbour. */
export function classRegions(classes: Uint8Array, { width, height }: Size, minimumArea: number): ClassRegions {
  const regions = connectedRegions(Uint16Array.from(classes), width, height, minimumArea);
  const regionClasses = commonestClasses(regions, classes);
  return { regions, regionClasses, hierarchy: classHierarchy(regions, regionClasses, bySize(regions, regionClasses)) };
}

/**
 * Divides superpixels where a map of classes does, and gives the parts a hierarchy in which a class falls into the
 * picture's own regions.
 * @param classes a class a pixel, at the size of the superpixels
 * @param hierarchyOf makes the hierarchy of the picture's regions over the parts
 * @param minimumArea pixels below which a part joins its neighbour
 */
export function classRegionsOf(
  superpixels: RegionMap,
  classes: Uint8Array,
  hierarchyOf: (regions: RegionMap) => Hierarchy,
  minimumArea: number,
): ClassRegions {
  const numbers = new Map<number, number>();
  const parts = Int32Array.from(superpixels.ids, (id, p) => {
    const part = id * 256 + classes[p];
    if (!numbers.has(part)) numbers.set(part, numbers.size);
    return numbers.get(part)!;
  });
  const regions = connectedRegions(parts, superpixels.width, superpixels.height, minimumArea);
  const regionClasses = commonestClasses(regions, classes);
  return { regions, regionClasses, hierarchy: classHierarchy(regions, regionClasses, hierarchyOf(regions)) };
}

/** The class that most pixels of each region have. */
export function commonestClasses({ count, ids }: RegionMap, classes: Uint8Array): Uint8Array {
  const top = classes.reduce((most, index) => Math.max(most, index), 0) + 1;
  const votes = new Uint32Array(count * top);
  for (let p = 0; p < ids.length; p++) votes[ids[p] * top + classes[p]]++;
  return Uint8Array.from({ length: count }, (_, id) => {
    const own = votes.subarray(id * top, (id + 1) * top);
    return own.reduce((best, number, index) => (number > own[best] ? index : best), 0);
  });
}

/** A hierarchy that joins the largest region of each class with the others one by one, the smallest first. */
function bySize(regions: RegionMap, regionClasses: Uint8Array): Hierarchy {
  const areas = areasOf(regions);
  const ascending = Array.from({ length: regions.count }, (_, id) => id).sort((a, b) => areas[a] - areas[b]);
  const largest = new Map(ascending.map(id => [regionClasses[id], id] as const));
  const isLargest = (id: number) => largest.get(regionClasses[id]) === id;
  const [first, ...others] = [...ascending.filter(isLargest), ...ascending.filter(id => !isLargest(id))];
  return {
    count: regions.count,
    left: Uint32Array.from(others, (_, k) => (k === 0 ? first : regions.count + k - 1)),
    right: Uint32Array.from(others),
    levels: Float32Array.from(others, (_, k) => 1 - (k + 1) / (others.length + 1)),
  };
}

/**
 * The granularity above which a class falls into its regions, and below which classes join, the smallest first.
 */
const middle = 0.5;

/**
 * The hierarchy of regions that have a class each: regions of a class are joined first, in the order of another
 * hierarchy over the regions, into one node a class, so that a cut in the middle of the scale shows the classes.
 */
export function classHierarchy(regions: RegionMap, regionClasses: Uint8Array, within: Hierarchy): Hierarchy {
  const areas = areasOf(regions);
  const merges: { pair: [number, number]; level: number }[] = [];
  const join = (a: number, b: number, level: number) => regions.count + merges.push({ pair: [a, b], level }) - 1;
  // By node of the other hierarchy: its part in each class, a node of this one.
  const parts = Array.from(regionClasses, (label, id) => new Map([[label, id]]));
  within.left.forEach((left, k) => {
    const joined = parts[left];
    for (const [label, node] of parts[within.right[k]]) {
      const other = joined.get(label);
      const level = middle + (1 - middle) * within.levels[k];
      joined.set(label, other === undefined ? node : join(other, node, level));
    }
    parts.push(joined);
  });
  const total = new Map<number, number>();
  regionClasses.forEach((label, id) => total.set(label, (total.get(label) ?? 0) + areas[id]));
  const classes = [...parts.at(-1)!].sort(([a], [b]) => total.get(b)! - total.get(a)!);
  let root = classes[0][1];
  const others = classes.slice(1).reverse();
  others.forEach(([, node], index) => {
    root = join(root, node, (middle * (others.length - index)) / (others.length + 1));
  });
  return largerChildrenLeft(
    {
      count: regions.count,
      left: Uint32Array.from(merges, ({ pair }) => pair[0]),
      right: Uint32Array.from(merges, ({ pair }) => pair[1]),
      levels: Float32Array.from(merges, ({ level }) => level),
    },
    regions,
  );
}
