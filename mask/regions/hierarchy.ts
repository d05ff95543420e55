import { areasOf, checkRegionCount, type RegionMap } from './regionMap';

/**
 * A hierarchy of regions: a binary merge tree over `count` base regions. Merge `k` joins the nodes `left[k]` and
 * `right[k]` into node `count + k`; nodes below `count` are base regions.
 *
 * `levels[k]`, in (0, 1] and non-increasing in `k`, is the granularity at which the merge is undone: a cut at
 * granularity `g` applies exactly the merges with `levels[k] > g`. So 0 gives one region and 1 gives the base regions.
 * Levels have one fixed scale for all pictures, so a granularity means the same for every photo.
 *
 * A node has the label of its left child. `largerChildrenLeft` puts the larger child there.
 */
export interface Hierarchy {
  readonly count: number;
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  readonly levels: Float32Array;
}

/**
 * Checks a hierarchy of unknown origin: whether it is a tree, in merge order, with valid levels.
 * @throws Error with the first fault
 */
export function checkHierarchy(hierarchy: Hierarchy): void {
  const { count, left, right, levels } = hierarchy;
  checkRegionCount(count);
  const merges = count - 1;
  if (left.length !== merges || right.length !== merges || levels.length !== merges) {
    throw new Error(
      `A hierarchy of ${count} regions needs ${merges} merges; ` +
        `it has ${left.length}, ${right.length} and ${levels.length}.`,
    );
  }
  const merged = new Uint8Array(count + merges);
  for (let k = 0; k < merges; k++) {
    for (const node of [left[k], right[k]]) {
      if (node >= count + k)
        throw new Error(`Merge ${k} of the hierarchy joins node ${node}, which does not exist yet.`);
      if (merged[node]) throw new Error(`Merge ${k} of the hierarchy joins node ${node} for the second time.`);
      merged[node] = 1;
    }
    if (!(levels[k] > 0 && levels[k] <= 1)) throw new Error(`Level ${levels[k]} of merge ${k} is not in (0, 1].`);
    if (k > 0 && levels[k] > levels[k - 1])
      throw new Error(`Level ${levels[k]} of merge ${k} is above the one before it.`);
  }
}

/** The base regions below a node. */
export function leavesOf({ count, left, right }: Hierarchy, node: number): number[] {
  const leaves: number[] = [];
  for (const open = [node]; open.length > 0;) {
    const next = open.pop()!;
    if (next < count) leaves.push(next);
    else open.push(right[next - count], left[next - count]);
  }
  return leaves;
}

/**
 * Divides some base regions into the two parts that merge last, the left one first; null where there are not two.
 * @param members by region: not 0 for those that count
 */
export function lastMerge(hierarchy: Hierarchy, members: Uint8Array): [number[], number[]] | null {
  const { count, left, right } = hierarchy;
  const has = new Uint8Array(2 * count - 1);
  for (let region = 0; region < count; region++) has[region] = members[region] === 0 ? 0 : 1;
  let last = -1;
  for (let k = 0; k < count - 1; k++) {
    has[count + k] = has[left[k]] | has[right[k]];
    if (has[left[k]] && has[right[k]]) last = k;
  }
  if (last < 0) return null;
  const part = (node: number) => leavesOf(hierarchy, node).filter(region => members[region] !== 0);
  return [part(left[last]), part(right[last])];
}

/** Swaps the children of merges so that the one with more pixels is on the left; equal children stay. */
export function largerChildrenLeft(hierarchy: Hierarchy, regions: RegionMap): Hierarchy {
  const { count } = hierarchy;
  const left = hierarchy.left.slice();
  const right = hierarchy.right.slice();
  const areas = new Float64Array(2 * count - 1);
  areas.set(areasOf(regions).subarray(0, count));
  for (let k = 0; k < left.length; k++) {
    const [a, b] = [left[k], right[k]];
    areas[count + k] = areas[a] + areas[b];
    if (areas[b] > areas[a]) [left[k], right[k]] = [b, a];
  }
  return { count, left, right, levels: hierarchy.levels };
}
