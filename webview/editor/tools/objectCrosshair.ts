import * as l10n from '@vscode/l10n';
import { formatWhole } from '../../common/numberFormat';
import type { Point } from '../geometry/columns';
import { regionAt } from '../regions/regionQueries';
import { Crosshair } from './crosshair';
import { wholePixel, type NodeOffer } from './nodeOffer';
import type { KeyPress } from './tool';
import type { ToolContext } from './toolContext';

/**
 * Takes nodes by keys: arrows move a crosshair, with Shift they drag a rectangle, Enter takes what is offered, with
 * Shift it gives it back.
 */
export class ObjectCrosshair {
  private readonly crosshair: Crosshair;
  /** Where the rectangle began, in pixels of the map; null while there is none. */
  private corner: Point | null = null;
  private hasRectangle = false;

  constructor(
    private readonly context: ToolContext,
    private readonly offer: NodeOffer,
  ) {
    this.crosshair = new Crosshair(context.stage, context.labelling, context.overlay);
    context.stage.viewChanged.listen(() => {
      this.showRectangle();
    });
  }

  get isShown(): boolean {
    return this.crosshair.at !== null;
  }

  /** The place of the crosshair, in pixels of the map; null while it is hidden. */
  get place(): Point | null {
    return this.crosshair.at;
  }

  /** The nodes that Enter would take. */
  get nodes(): readonly number[] {
    const { corner, crosshair, offer } = this;
    return corner && crosshair.at ? offer.between(corner, crosshair.at) : offer.at(crosshair.at);
  }

  end(): void {
    if (!this.isShown) return;
    this.crosshair.hide();
    this.setCorner(null);
  }

  /** @param start where an arrow shows the crosshair first; null: in the middle. @returns whether the key was used */
  handleKey({ key, shift }: KeyPress, start: Point | null): boolean {
    const { at } = this.crosshair;
    if (this.crosshair.move(key, start)) {
      this.setCorner(shift ? (this.corner ?? at) : null);
      this.announce();
      return true;
    }
    if (!at || (key !== 'Enter' && key !== 'Escape')) return false;
    if (key === 'Enter') this.offer.act(shift ? 'giveBack' : 'take', this.nodes, this.corner ? null : at);
    else if (!this.corner) this.crosshair.hide();
    this.setCorner(null);
    return true;
  }

  /** Tells screen readers what Enter would take. */
  announce(): void {
    const { ground, choice } = this.offer;
    const { at } = this.crosshair;
    if (!ground || !at) return;
    const pixels = this.nodes.reduce((sum, node) => sum + (ground.tree.areas[node] ?? 0), 0);
    const pixel = wholePixel(at);
    const label = this.context.labelling.labelOfRegion(regionAt(ground.regions, pixel));
    const level = this.corner ? null : choice.level;
    const parts = [
      l10n.t('Column {0}, row {1}', formatWhole(pixel.x), formatWhole(pixel.y)),
      label?.name ?? l10n.t('Background'),
      l10n.t('{0} pixels offered', formatWhole(pixels)),
    ];
    if (level) parts.push(l10n.t('size {0} of {1}', level.number, level.count));
    this.context.announce(parts.join(', '));
  }

  private setCorner(corner: Point | null): void {
    this.corner = corner;
    this.showRectangle();
  }

  private showRectangle(): void {
    const { corner, crosshair, context } = this;
    if (!corner) {
      if (this.hasRectangle) context.overlay.rectangle(null);
      this.hasRectangle = false;
      return;
    }
    const from = context.stage.fromMap(corner.x, corner.y);
    const to = crosshair.at && context.stage.fromMap(crosshair.at.x, crosshair.at.y);
    context.overlay.rectangle(from && to && { from, to });
    this.hasRectangle = true;
  }
}
