import { orient, type Hierarchy } from '../../../../mask/hierarchy';
import { areasOf, type RegionMap } from '../../../../mask/regions';

/** Above this granularity a class falls into its regions, the largest first; below it classes join, the smallest first. */
const middle = 0.5;

/**
 * The hierarchy of regions that have a class each: regions of a class are joined first, into one node a class, so that a cut
 * in the middle of the scale shows the classes.
 */
export function classHierarchy(regions: RegionMap, regionClasses: Uint8Array): Hierarchy {
  const areas = areasOf(regions);
  const groups = new Map<number, number[]>();
  regionClasses.forEach((label, id) => { groups.set(label, [...groups.get(label) ?? [], id]); });
  const byArea = [...groups.values()].map(ids => ids.sort((a, b) => areas[b] - areas[a]));
  const merges: { pair: [number, number]; level: number }[] = [];
  const join = (a: number, b: number, level: number) => regions.count + merges.push({ pair: [a, b], level }) - 1;
  const within = byArea.flatMap((ids, group) => ids.slice(1).map(id => ({ group, id }))).sort((a, b) => areas[a.id] - areas[b.id]);
  const nodes = byArea.map(([largest]) => largest);
  within.forEach(({ group, id }, index) => { nodes[group] = join(nodes[group], id, 1 - (1 - middle) * (index + 1) / (within.length + 1)); });
  const total = byArea.map(ids => ids.reduce((sum, id) => sum + areas[id], 0));
  const order = nodes.map((_, group) => group).sort((a, b) => total[b] - total[a]);
  let root = nodes[order[0]];
  const others = order.slice(1).reverse();
  others.forEach((group, index) => { root = join(root, nodes[group], middle * (others.length - index) / (others.length + 1)); });
  return orient({
    count: regions.count, left: Uint32Array.from(merges, ({ pair }) => pair[0]), right: Uint32Array.from(merges, ({ pair }) => pair[1]),
    levels: Float32Array.from(merges, ({ level }) => level),
  }, regions);
}
