import * as l10n from '@vscode/l10n';
import type { NodeTree } from '../../../mask/objects/nodeTree';
import { nodesInBox } from '../../../mask/objects/placeNodes';
import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Point } from '../geometry/columns';
import type { RegionPreview } from '../regions/regionPreview';
import { regionAt } from '../regions/regionQueries';
import type { PreviewLayer } from '../view/previewLayer';
import { NodeChoice } from '../../../mask/objects/nodeChoice';
import { previewOfNodes, requestNodes, type NodeAction } from './nodeRequests';
import type { ToolContext } from './toolContext';

/** The nodes that are offered on the picture: which they are, how they are shown, and what is requested with them. */
export class NodeOffer {
  readonly choice = new NodeChoice();
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

  /** Chooses the node at a place, in pixels of the map. @returns a list of the node, empty where there is none */
  at(place: Point | null): number[] {
    const { ground } = this;
    const pixel = place && wholePixel(place);
    if (!ground || !pixel || !contains(ground.regions, pixel)) this.choice.leave();
    else this.choice.moveTo(ground.tree, regionAt(ground.regions, pixel));
    return this.choice.node === null ? [] : [this.choice.node];
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
    else if (nodes.length > 0) requestNodes(context, ground.tree, nodes, action);
    else if (place && contains(ground.regions, place) && this.at(place).length === 0)
      context.showHint(l10n.t('This place was painted by hand. Change it with Fill, the brush or the eraser.'));
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
