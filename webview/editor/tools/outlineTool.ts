import * as l10n from '@vscode/l10n';
import { Emitter } from '../../common/emitter';
import type { Point } from '../geometry/columns';
import { nearestCorner, nearestEdge, partAround, type CornerPlace } from '../geometry/ringHits';
import type { Outline } from '../model/outline';
import type { Drag, PointerPosition } from '../view/gestures';
import { OutlineLayer } from '../view/outlineLayer';
import { cornerKey } from './outlineKeys';
import { OutlinePreview } from './outlinePreview';
import { PaintTarget } from './paintTarget';
import type { KeyPress, Tool } from './tool';
import { canPaint, labelUnderPointer, selectUnderPointer, type ToolContext } from './toolContext';

/** CSS pixels from a corner, and from an edge, within which the pointer takes it. */
const [cornerReach, edgeReach] = [8, 6];

/**
 * Shows the outline of the selected label as polygons, whose corners can be moved, added and removed. Nothing is
 * changed before it is applied, as one edit; another tool drops it, as it does an unfinished polygon.
 */
export class OutlineTool implements Tool {
  readonly paints = false;
  /** Emits when the outline, or what can be done with it, has changed. */
  readonly changed = new Emitter();
  private isActive = false;
  private readonly preview: OutlinePreview;

  constructor(
    private readonly context: ToolContext,
    readonly outline: Outline,
    stageElement: HTMLElement,
  ) {
    const { stage, labelling } = context;
    new OutlineLayer(stageElement, stage, outline);
    this.preview = new OutlinePreview(outline, labelling, stage);
    outline.changed.listen(() => {
      this.preview.update();
      this.changed.emit();
    });
    for (const emitter of [labelling.selectionChanged, labelling.maskChanged, labelling.runningChanged])
      emitter.listen(() => {
        // After all that listens has seen the change: a new mask clears hints.
        queueMicrotask(() => {
          if (this.isActive) this.follow();
        });
      });
  }

  onActivate(): void {
    this.isActive = true;
    this.read();
  }

  onDeactivate(): void {
    this.isActive = false;
    this.preview.clear();
    this.outline.read(null);
  }

  onPress(start: PointerPosition): Drag | null {
    const { outline, context } = this;
    const at = context.stage.toMap(start);
    if (!at || outline.rings.length === 0 || !this.canEdit()) return null;
    const corner = nearestCorner(outline.rings, at, this.onMap(cornerReach));
    if (start.alt) return corner && this.removing(corner);
    if (start.shift) return this.movingPart(at);
    if (corner) return this.movingCorner(corner, at);
    const edge = nearestEdge(outline.rings, at, this.onMap(edgeReach));
    return edge && this.movingCorner(edge, at, this.context.stage.toMap(start)!);
  }

  onClick(position: PointerPosition): void {
    const { outline, context } = this;
    if (!outline.isTouched) selectUnderPointer(context, position);
    else if (labelUnderPointer(context, position) !== outline.representative)
      context.showHint(
        l10n.t('Apply the outline with Enter, or drop it with Escape, before you choose another label.'),
      );
  }

  onDoubleClick(): boolean {
    return true;
  }

  onKey({ key, shift, onStage }: KeyPress): boolean {
    const { outline } = this;
    if (!onStage || outline.rings.length === 0) return false;
    if (key === 'Enter' && !shift) return this.apply();
    if (key === 'Escape') return this.drop();
    const result = cornerKey(outline.rings, outline.chosen, key, shift);
    if (!result) return false;
    if (result.rings === outline.rings) outline.choose(result.chosen);
    else if (this.canEdit()) outline.change(this.withinMap(result.rings), result.chosen);
    this.announceCorner();
    return true;
  }

  /** Sends the outline as one edit. @returns false where nothing was changed */
  apply(): boolean {
    const { outline, context } = this;
    const { rings, representative } = outline;
    if (!outline.isTouched || representative === null || !this.canEdit()) return false;
    outline.isTouched = false;
    context.queue.add({
      request: () => {
        const label = context.labelling.labelOfRegion(representative);
        return label ? { kind: 'outline', value: label.value, rings } : null;
      },
      onDone: () => {
        if (this.isActive && !outline.isTouched) this.read();
      },
    });
    this.context.announce(l10n.t('Outline applied'));
    this.changed.emit();
    return true;
  }

  /** Returns to the outline that the label has. @returns false where nothing was changed */
  drop(): boolean {
    const { outline } = this;
    if (!outline.isTouched && !outline.chosen) return false;
    if (outline.isTouched) {
      this.read();
      this.context.announce(l10n.t('Outline dropped'));
    } else outline.choose(null);
    return true;
  }

  /** Reads the outline of the selected label, unless it is locked. */
  private read(): void {
    const { context, outline } = this;
    const { primary } = context.labelling.selection;
    this.preview.clear();
    const label = context.labelling.labelOfRegion(primary);
    outline.read(label && !context.labelling.running && this.canEdit(primary) ? primary : null);
    if (outline.isRaised)
      context.showHint(l10n.t('The outline has very many corners, so its tolerance is {0} pixels.', outline.tolerance));
  }

  /** Keeps a changed outline as long as its label has the same pixels, and reads it again otherwise. */
  private follow(): void {
    const { outline, context } = this;
    if (!outline.isTouched) {
      this.read();
      return;
    }
    this.preview.clear();
    if (!context.labelling.running && outline.isCurrent() && this.canEdit()) {
      this.preview.update();
      return;
    }
    this.read();
    context.showHint(l10n.t('The label has changed, so its outline was read again.'));
  }

  private canEdit(representative = this.outline.representative): boolean {
    return canPaint(this.context, new PaintTarget(this.context.labelling, 'label', representative));
  }

  private removing(place: CornerPlace): Drag {
    return {
      onMove: () => undefined,
      onRelease: () => {
        const { outline } = this;
        const result = cornerKey(outline.rings, place, 'Delete', false);
        if (result) outline.change(result.rings, null);
      },
      onCancel: () => undefined,
    };
  }

  /** Drags a corner. @param inserted where a corner is added first, on the edge that begins at `place` */
  private movingCorner(place: CornerPlace, from: Point, inserted?: Point): Drag {
    const { outline } = this;
    const back = outline.keep();
    const corner = inserted ? place.corner + 1 : place.corner;
    const chosen = { ring: place.ring, corner };
    const before = outline.rings.map((ring, index) =>
      inserted && index === place.ring ? ring.toSpliced(2 * corner, 0, Math.round(from.x), Math.round(from.y)) : ring,
    );
    if (inserted) outline.change(this.withinMap(before), chosen);
    else outline.choose(chosen);
    return this.moving(before, from, back, chosen, (index, at) => index === place.ring && at === corner);
  }

  private movingPart(from: Point): Drag | null {
    const { rings } = this.outline;
    const part = partAround(rings, from);
    return part.length === 0
      ? null
      : this.moving(rings, from, this.outline.keep(), null, index => part.includes(index));
  }

  /** Moves the corners that `moves` names along with the pointer, by whole pixels. */
  private moving(
    before: readonly number[][],
    from: Point,
    back: () => void,
    chosen: CornerPlace | null,
    moves: (ring: number, corner: number) => boolean,
  ): Drag {
    let last = { x: 0, y: 0 };
    const onMove = (positions: readonly PointerPosition[]): void => {
      const end = positions.at(-1);
      const at = end && this.context.stage.toMap(end);
      if (!at) return;
      const by = { x: Math.round(at.x - from.x), y: Math.round(at.y - from.y) };
      if (by.x === last.x && by.y === last.y) return;
      last = by;
      const moved = before.map((ring, index) =>
        ring.map((value, i) => (moves(index, i >> 1) ? value + (i % 2 === 0 ? by.x : by.y) : value)),
      );
      this.outline.change(this.withinMap(moved), chosen);
    };
    return {
      onMove,
      onRelease: position => {
        onMove([position]);
      },
      onCancel: back,
    };
  }

  private withinMap(rings: readonly (readonly number[])[]): number[][] {
    const { width = 0, height = 0 } = this.context.labelling.regions ?? {};
    return rings.map(ring => ring.map((value, i) => Math.min(i % 2 === 0 ? width : height, Math.max(0, value))));
  }

  /** A length of the screen in pixels of the map. */
  private onMap(length: number): number {
    const [origin, unit] = [this.context.stage.fromMap(0, 0), this.context.stage.fromMap(1, 0)];
    return origin && unit ? length / (unit.x - origin.x) : 0;
  }

  private announceCorner(): void {
    const { chosen, rings, cornerCount } = this.outline;
    const ring = chosen && rings[chosen.ring];
    if (!ring) return;
    const before = rings.slice(0, chosen.ring).reduce((sum, one) => sum + one.length / 2, 0);
    const [x = 0, y = 0] = ring.slice(2 * chosen.corner);
    this.context.announce(l10n.t('Corner {0} of {1} at {2}, {3}', before + chosen.corner + 1, cornerCount, x, y));
  }
}
