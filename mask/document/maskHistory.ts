import { applyPatch, difference, inverse, type Patch } from '../regions/patch';
import type { RegionMap } from '../regions/regionMap';
import type { MaskState } from './maskState';

/** A state without its pixels, which are found again by walking from the map at hand. */
export interface Snapshot {
  readonly rest: Omit<MaskState, 'regions'>;
  readonly version: Version;
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
export class History {
  private tree: Tree | null = null;

  /** What brings the state back later. */
  remember(state: MaskState): Snapshot {
    const { regions, ...rest } = state;
    return { rest, version: this.versionOf(regions) };
  }

  /**
   * The state of a snapshot. Its map is the same object as the last one remembered or recalled where they do not
   * differ.
   */
  recall({ rest, version }: Snapshot): MaskState {
    this.tree = version.tree;
    walk(version.tree, version);
    return { ...rest, regions: version.tree.map };
  }

  private versionOf(regions: RegionMap): Version {
    const { tree } = this;
    if (tree?.map === regions) return tree.at;
    if (tree?.map.width !== regions.width || tree.map.height !== regions.height)
      return (this.tree = newTree(regions)).at;
    const { at } = tree;
    tree.at = {
      tree,
      parent: at,
      depth: at.depth + 1,
      count: regions.count,
      patch: difference(tree.map.ids, regions.ids),
    };
    tree.map = regions;
    return tree.at;
  }
}

function newTree(map: RegionMap): Tree {
  const tree: Partial<Tree> & Pick<Tree, 'map'> = { map };
  return Object.assign(tree, { at: { tree: tree as Tree, parent: null, depth: 0, count: map.count, patch: null } });
}

/** Makes `target` the version whose pixels the tree has: up to the common ancestor, then down. */
function walk(tree: Tree, target: Version): void {
  if (tree.at === target) return;
  const patches: Patch[] = [],
    down: Patch[] = [];
  let from = tree.at,
    to = target;
  while (from !== to) {
    if (from.depth >= to.depth) {
      patches.push(inverse(from.patch!));
      from = from.parent!;
    } else {
      down.push(to.patch!);
      to = to.parent!;
    }
  }
  const telling = [...patches, ...down.reverse()].filter(patch => patch.starts.length > 0);
  const ids = telling.length > 0 ? tree.map.ids.slice() : tree.map.ids;
  for (const patch of telling) applyPatch(ids, patch);
  tree.map = { ...tree.map, count: target.count, ids };
  tree.at = target;
}
