import * as l10n from '@vscode/l10n';
import type { Hierarchy } from '../../../mask/regions/hierarchy';
import { nodeAt, parentsOf, regionAt, unlockedLeaves } from '../regions/regionQueries';
import type { PointerPosition } from '../view/gestures';
import type { Tool } from './tool';
import { canPaint, pixelUnderPointer, requestPaint, selectUnderPointer, type ToolContext } from './toolContext';

/** The difference by which the first candidates are finer than the mask's granularity. */
const initialOffset = 0.1;
const offsetStep = 0.05;

/**
 * Highlights the region of the hierarchy under the pointer, up to the boundary that it has at a granularity, and gives
 * it to the target when clicked.
 */
export class GrowTool implements Tool {
  readonly paints = true;
  /** Added to the mask's granularity: above 0 candidates are finer than the mask's labels, below 0 coarser. */
  private granularityOffset = initialOffset;
  private pointer: PointerPosition | null = null;
  private tree: { readonly hierarchy: Hierarchy; readonly parents: Int32Array } | null = null;
  /** The highlighted node of the hierarchy; null for none. */
  private candidateNode: number | null = null;

  constructor(private readonly context: ToolContext) {
    context.labelling.maskChanged.listen(() => {
      this.candidateNode = null;
      if (this.pointer) this.updateCandidate();
    });
  }

  onClick(position: PointerPosition): void {
    const { context } = this;
    if (position.alt) {
      selectUnderPointer(context, position);
      return;
    }
    const target = context.targets.current;
    this.pointer = position;
    this.updateCandidate();
    const node = this.candidateNode;
    if (node !== null) {
      if (canPaint(context, target)) requestPaint(context, target, into => ({ kind: 'grow', into, node }));
    } else if (!context.labelling.hierarchy)
      context.showHint(l10n.t('This mask has no hierarchy of regions. Segment the image again to get one.'));
  }

  onDoubleClick(): boolean {
    return true;
  }

  onHover(position: PointerPosition): void {
    this.pointer = position;
    this.updateCandidate();
  }

  onLeave(): void {
    if (!this.pointer) return;
    this.pointer = null;
    this.showCandidate(null, []);
  }

  onDeactivate(): void {
    this.onLeave();
  }

  /** Makes the candidates larger or smaller. */
  onAdjust(steps: number): void {
    this.granularityOffset = Math.min(1, Math.max(-1, this.granularityOffset - offsetStep * steps));
    this.updateCandidate();
  }

  /** Highlights the regions that a click would take. */
  private updateCandidate(): void {
    const { hierarchy, regions, mask } = this.context.labelling;
    const pixel = this.pointer && pixelUnderPointer(this.context, this.pointer);
    const region = pixel && regions ? regionAt(regions, pixel) : null;
    if (!hierarchy || !mask || region === null || region >= hierarchy.count) {
      this.showCandidate(null, []);
      return;
    }
    if (this.tree?.hierarchy !== hierarchy) this.tree = { hierarchy, parents: parentsOf(hierarchy) };
    const granularity = Math.min(1, Math.max(0, mask.granularity + this.granularityOffset));
    const node = nodeAt(hierarchy, this.tree.parents, region, granularity);
    if (node !== this.candidateNode) this.showCandidate(node, unlockedLeaves(hierarchy, node, mask));
  }

  private showCandidate(node: number | null, leaves: readonly number[]): void {
    this.candidateNode = node;
    this.context.labelling.showCandidates(leaves);
  }
}
