import * as l10n from '@vscode/l10n';
import { leavesOf, type Hierarchy } from '../../../mask/regions/hierarchy';
import type { At } from '../view/gestures';
import { askInto, isOpen, pick, pixelUnder, type Desk } from './toolContext';
import type { Tool } from './tool';

/** How much finer than the mask the regions are that are offered at first. */
const finerBy = 0.1;

/**
 * Offers the region of the hierarchy under the pointer, up to the boundary that it has at a granularity, and gives it
 * to the target.
 */
export class Grow implements Tool {
  readonly paints = true;
  /** Finer or coarser than the mask. */
  private by = finerBy;
  private last: At | null = null;
  private tree: { of: Hierarchy; parents: Int32Array } | null = null;
  private offered = -1;

  constructor(private readonly desk: Desk) {
    desk.labelling.maskChanged.listen(() => {
      this.offered = -1;
      if (this.last) this.offer();
    });
  }

  click(at: At): void {
    if (at.alt) {
      pick(this.desk, at);
      return;
    }
    const target = this.desk.targets.current;
    this.last = at;
    const node = this.offer();
    if (node !== null && isOpen(this.desk, target)) askInto(this.desk, target, into => ({ kind: 'grow', into, node }));
    else if (node === null && !this.desk.labelling.hierarchy)
      this.desk.refuse(l10n.t('This mask has no hierarchy of regions. Segment the image again to get one.'));
  }

  doubleClick(): boolean {
    return true;
  }

  hover(at: At): void {
    this.last = at;
    this.offer();
  }

  leave(): void {
    if (!this.last) return;
    this.last = null;
    this.show(-1, []);
  }

  drop(): void {
    this.leave();
  }

  /** A larger or a smaller region. */
  adjust(steps: number): void {
    this.by = Math.min(1, Math.max(-1, this.by - 0.05 * steps));
    this.offer();
  }

  /** Shows what a click would take; answers its node. */
  private offer(): number | null {
    const { labelling } = this.desk;
    const { hierarchy, regions, mask } = labelling;
    const pixel = this.last && pixelUnder(this.desk, this.last);
    const region = pixel && regions ? regions.ids[pixel.y * regions.width + pixel.x] : -1;
    if (!hierarchy || !mask || region < 0 || region >= hierarchy.count) {
      this.show(-1, []);
      return null;
    }
    const granularity = Math.min(1, Math.max(0, mask.granularity + this.by));
    const parents = this.parentsOf(hierarchy);
    let node = region;
    while (parents[node] >= 0 && hierarchy.levels[parents[node] - hierarchy.count] > granularity) node = parents[node];
    if (node !== this.offered) {
      const locked = new Set(mask.labels.filter(label => label.locked).map(label => label.value));
      this.show(
        node,
        leavesOf(hierarchy, node).filter(leaf => !locked.has(mask.labelOf[leaf])),
      );
    }
    return node;
  }

  private show(node: number, leaves: readonly number[]): void {
    this.offered = node;
    this.desk.labelling.offer(leaves);
  }

  private parentsOf(hierarchy: Hierarchy): Int32Array {
    if (this.tree?.of === hierarchy) return this.tree.parents;
    const parents = new Int32Array(2 * hierarchy.count - 1).fill(-1);
    for (let k = 0; k < hierarchy.count - 1; k++)
      parents[hierarchy.left[k]] = parents[hierarchy.right[k]] = hierarchy.count + k;
    this.tree = { of: hierarchy, parents };
    return parents;
  }
}
