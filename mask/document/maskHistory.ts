import { applyPatch, patchBetween, invertPatch, type Patch } from '../regions/patch';
import type { RegionMap } from '../regions/regionMap';
import type { MaskState } from './maskState';

/** A state without its pixels, which are found again by walking from the map at hand. */
export interface Snapshot {
  readonly rest: Omit<MaskState, 'regions'>;
  readonly version: Version;
}

/** How one region map came from another of the same size. */
export interface MapChange {
  readonly from: RegionMap;
  readonly to: RegionMap;
  readonly patch: Patch;
}

/**
 * A map that once was: how it came from the one before it. Versions of one size form a tree, whose root has no parent.
 */
interface Version {
  readonly tree: Tree;
  readonly parent: Version | null;
  readonly depth: number;
  /** Regions of this version; ids change with the pixels, their number may change alone. */
  readonly count: number;
  /** From the parent's map to this one; empty for a root. */
  readonly patch: Patch | null;
}

/** All versions of one size. Of a single one, the last that was asked for, the pixels are kept. */
interface Tree {
  at: Version;
  map: RegionMap;
}

/**
 * Keeps states for undo. States share all but the map when an edit paints, and a map is 2 bytes a pixel: so of maps
 * only the differences are kept, and those alone that a snapshot in use needs; the rest is left to the garbage
 * collector.
 */
export class MaskHistory {
  private tree: Tree | null = null;

  /**
   * What brings the state back later, and how its map came from the one at hand; null where that has another size, or
   * is this map.
   */
  remember(state: MaskState): { snapshot: Snapshot; change: MapChange | null } {
    const { regions, ...rest } = state;
    const from = this.tree?.map;
    const version = this.versionOf(regions);
    const change = from && version.patch && from !== regions ? { from, to: regions, patch: version.patch } : null;
    return { snapshot: { rest, version }, change };
  }

  /**
   * The state of a snapshot, and how its map came from the one at hand; null where that has another size, or is this
   * map. The map is the same object as the last one remembered or recalled where they do not differ.
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

/** Makes `target` the version whose pixels the tree has: up to the common ancestor, then down. Answers what changed. */
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
