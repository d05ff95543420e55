import { applyPatch, patchBetween, invertPatch, type Patch } from '../regions/patch';
import type { RegionMap } from '../regions/regionMap';
import type { MaskState } from './maskState';

/** A state without its pixels, which are restored by applying patches to the map at hand. */
export interface Snapshot {
  readonly rest: Omit<MaskState, 'regions'>;
  readonly version: Version;
}

/** The way from one region map to another of the same size. */
export interface MapChange {
  readonly from: RegionMap;
  readonly to: RegionMap;
  readonly patch: Patch;
}

/**
 * A region map that the mask had, as the change from the map before. The versions of one size form a tree whose root
 * has no parent.
 */
interface Version {
  readonly tree: Tree;
  readonly parent: Version | null;
  readonly depth: number;
  /** The number of regions. The ids change with the pixels; the number may change alone. */
  readonly count: number;
  /** The patch from the parent's map to this one; null for a root. */
  readonly patch: Patch | null;
}

/** All versions of one size. Pixels are kept of a single one, the last that was used. */
interface Tree {
  at: Version;
  map: RegionMap;
}

/**
 * Keeps states for undo. States share all but the map when an edit paints, and a map takes 2 bytes a pixel: so only the
 * differences of maps are kept, and only those that a snapshot in use needs. The rest is left to the garbage collector.
 */
export class MaskHistory {
  private tree: Tree | null = null;

  /**
   * Makes a snapshot of a state. `change` is the way to its map from the map at hand; null where that has another size,
   * or is this map.
   */
  remember(state: MaskState): { snapshot: Snapshot; change: MapChange | null } {
    const { regions, ...rest } = state;
    const from = this.tree?.map;
    const version = this.versionOf(regions);
    const change = from && version.patch && from !== regions ? { from, to: regions, patch: version.patch } : null;
    return { snapshot: { rest, version }, change };
  }

  /**
   * The state of a snapshot. `change` is the way to its map from the map at hand; null where that has another size, or
   * is this map. If the maps do not differ, the state has the same map object as the last one remembered or recalled.
   */
  recall({ rest, version }: Snapshot): { state: MaskState; change: MapChange | null } {
    const { tree } = version;
    const from = this.tree === tree ? tree.map : null;
    this.tree = tree;
    const patch = walk(tree, version);
    const change = from && patch ? { from, to: tree.map, patch } : null;
    return { state: { ...rest, regions: tree.map }, change };
  }

  private versionOf(regions: RegionMap): Version {
    const { tree } = this;
    if (tree?.map === regions) return tree.at;
    if (tree?.map.width !== regions.width || tree.map.height !== regions.height)
      return (this.tree = newTree(regions)).at;
    tree.at = {
      tree,
      parent: tree.at,
      depth: tree.at.depth + 1,
      count: regions.count,
      patch: patchBetween(tree.map.ids, regions.ids),
    };
    tree.map = regions;
    return tree.at;
  }
}

function newTree(map: RegionMap): Tree {
  const tree: Partial<Tree> & Pick<Tree, 'map'> = { map };
  return Object.assign(tree, { at: { tree: tree as Tree, parent: null, depth: 0, count: map.count, patch: null } });
}

/** Makes `target` the version whose pixels the tree holds, by way of the common ancestor. @returns what changed */
function walk(tree: Tree, target: Version): Patch | null {
  if (tree.at === target) return null;
  const up: Patch[] = [],
    down: Patch[] = [];
  let from = tree.at,
    to = target;
  while (from !== to) {
    if (from.depth >= to.depth) {
      up.push(invertPatch(from.patch!));
      from = from.parent!;
    } else {
      down.push(to.patch!);
      to = to.parent!;
    }
  }
  const patches = [...up, ...down.reverse()].filter(patch => patch.starts.length > 0);
  const ids = patches.length > 0 ? tree.map.ids.slice() : tree.map.ids;
  for (const patch of patches) applyPatch(ids, patch);
  const change = patches.length === 1 ? patches[0] : patchBetween(tree.map.ids, ids);
  tree.map = { ...tree.map, count: target.count, ids };
  tree.at = target;
  return change;
}
