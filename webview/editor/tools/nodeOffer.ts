import * as l10n from '@vscode/l10n';
import type { NodeTree } from '../../../mask/objects/nodeTree';
import { nodesInBox } from '../../../mask/objects/placeNodes';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Point } from '../geometry/columns';
import type { RegionPreview } from '../regions/regionPreview';
import { regionAt } from '../regions/regionQueries';
import type { PreviewLayer } from '../view/previewLayer';
import { OfferChoice } from '../../../mask/objects/offerChoice';
import { previewOfNodes, requestNodes, type NodeAction } from './nodeRequests';
import type { ToolContext } from './toolContext';

/** The nodes that are offered on the picture: which they are, how they are shown, and what is requested with them. */
export class NodeOffer {
  readonly choice = new OfferChoice();
  /** The last preview and what it shows, so that moves within a node draw nothing. */
  private last: { readonly key: string; readonly preview: RegionPreview | null } | null = null;

  constructor(
    private readonly context: ToolContext,
    private readonly layer: PreviewLayer,
  ) {
    const { labelling, targets } = context;
    for (const emitter of [labelling.maskChanged, targets.changed])
      emitter.listen(() => {
        this.last = null;
      });
  }

  /** Why this mask has no nodes to offer; null where it has some, and where there is no mask. */
  get obstacle(): string | null {
    const { mask, hierarchy, hierarchyReason } = this.context.labelling;
    if (!mask || hierarchy) return null;
    return hierarchyReason ?? l10n.t('This mask has no hierarchy of regions. Segment the image again to get one.');
  }

  /** The map with its hierarchy prepared for questions about places; null without one. */
  get ground(): { readonly tree: NodeTree; readonly regions: RegionMap } | null {
    const { hierarchy, regions, mask } = this.context.labelling;
    if (!hierarchy || !regions || !mask || hierarchy.count > regions.count) return null;
    return { tree: this.choice.treeOf(hierarchy, regions), regions };
  }

  /** Chooses what is offered at a place, in pixels of the map. @returns its nodes, none where nothing is offered */
  at(place: Point | null): readonly number[] {
    const { ground, choice } = this;
    const pixel = place && wholePixel(place);
    if (!ground || !pixel || !contains(ground.regions, pixel)) choice.leave();
    else choice.moveTo(ground.tree, regionAt(ground.regions, pixel), region => this.takenAt(region));
    return choice.offer?.nodes ?? [];
  }

  /** The nodes within a rectangle between two points of the map. */
  between(from: Point, to: Point): number[] {
    const { ground } = this;
    if (!ground) return [];
    return nodesInBox(ground.tree, ground.regions, {
      left: Math.round(Math.min(from.x, to.x)),
      top: Math.round(Math.min(from.y, to.y)),
      right: Math.round(Math.max(from.x, to.x)),
      bottom: Math.round(Math.max(from.y, to.y)),
    });
  }

  /** Shows with the next frame what an action with nodes would change. @param find finds the nodes then */
  show(find: () => readonly number[], action: NodeAction = 'take'): void {
    this.layer.request(() => this.previewOf(find(), action));
  }

  hide(): void {
    this.layer.request(() => null);
  }

  /** Requests an action with nodes at a place; shows why where it has none. */
  act(action: NodeAction, nodes: readonly number[], place: Point | null): void {
    const { obstacle, context, ground } = this;
    if (obstacle) context.showHint(obstacle);
    else if (!ground) return;
    else if (nodes.length > 0) {
      requestNodes(context, ground.tree, nodes, action);
      this.choice.handleAction();
    } else if (place && contains(ground.regions, place) && this.at(place).length === 0)
      context.showHint(l10n.t('This place was painted by hand. Change it with Fill, the brush or the eraser.'));
  }

  /** The regions that were given by hand to the label at a region where it has one so, else to the label in hand. */
  private takenAt(region: number): Uint8Array | null {
    const { mask } = this.context.labelling;
    if (!mask) return null;
    const value = mask.fixed[region] === 1 ? mask.labelOf[region] : this.context.targets.current.requestValue();
    if (typeof value !== 'number' || value === 0) return null;
    return mask.fixed.map((given, one) => (given === 1 && mask.labelOf[one] === value ? 1 : 0));
  }

  private previewOf(nodes: readonly number[], action: NodeAction): RegionPreview | null {
    const { ground } = this;
    if (!ground || nodes.length === 0) return null;
    const key = `${action} ${nodes.join()}`;
    if (this.last?.key !== key) this.last = { key, preview: previewOfNodes(this.context, ground.tree, nodes, action) };
    return this.last.preview;
  }
}

/** The pixel in which a point of the map lies. */
export function wholePixel({ x, y }: Point): Point {
  return { x: Math.floor(x), y: Math.floor(y) };
}

function contains({ width, height }: RegionMap, { x, y }: Point): boolean {
  return x >= 0 && y >= 0 && x < width && y < height;
}
