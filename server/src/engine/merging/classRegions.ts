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
  const regionClasses = commonest(regions, classes);
  return { regions, regionClasses, hierarchy: classHierarchy(regions, regionClasses) };
}

/** The class that most pixels of each region have. */
function commonest({ count, ids }: RegionMap, classes: Uint8Array): Uint8Array {
  const top = classes.reduce((most, index) => Math.max(most, index), 0) + 1;
  const votes = new Uint32Array(count * top);
  for (let p = 0; p < ids.length; p++) votes[ids[p] * top + classes[p]]++;
  return Uint8Array.from({ length: count }, (_, id) => {
    const own = votes.subarray(id * top, (id + 1) * top);
    return own.reduce((best, number, index) => (number > own[best] ? index : best), 0);
  });
}

/**
 * The granularity above which a class falls into its regions, the largest first, and below which classes join, the
 * smallest first.
 */
const middle = 0.5;

/**
 * The hierarchy of regions that have a class each: regions of a class are joined first, into one node a class, so that
 * a cut in the middle of the scale shows the classes.
 */
export function classHierarchy(regions: RegionMap, regionClasses: Uint8Array): Hierarchy {
  const areas = areasOf(regions);
  const groups = new Map<number, number[]>();
  regionClasses.forEach((label, id) => {
    groups.set(label, [...(groups.get(label) ?? []), id]);
  });
  const byArea = [...groups.values()].map(ids => ids.sort((a, b) => areas[b] - areas[a]));
  const merges: { pair: [number, number]; level: number }[] = [];
  const join = (a: number, b: number, level: number) => regions.count + merges.push({ pair: [a, b], level }) - 1;
  const within = byArea
    .flatMap((ids, group) => ids.slice(1).map(id => ({ group, id })))
    .sort((a, b) => areas[a.id] - areas[b.id]);
  const nodes = byArea.map(([largest]) => largest);
  within.forEach(({ group, id }, index) => {
    nodes[group] = join(nodes[group], id, 1 - ((1 - middle) * (index + 1)) / (within.length + 1));
  });
  const total = byArea.map(ids => ids.reduce((sum, id) => sum + areas[id], 0));
  const order = nodes.map((_, group) => group).sort((a, b) => total[b] - total[a]);
  let root = nodes[order[0]];
  const others = order.slice(1).reverse();
  others.forEach((group, index) => {
    root = join(root, nodes[group], (middle * (others.length - index)) / (others.length + 1));
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
