import { maxBrushSize, maxPoints, snapToBrush, strokeRuns } from '../../../mask/regions/pixelRuns';
import type { Draft } from '../model/pendingStrokes';
import { Signal } from '../../common/emitter';
import type { At, Drag } from '../view/gestures';
import { askInto, isOpen, pick, type Desk } from './toolContext';
import type { Target } from './paintTarget';
import type { Tool } from './tool';

/** The size that brush and eraser share, in pixels of the picture. */
export class BrushSize {
  readonly changed = new Signal();

  constructor(private pixels: number) {}

  get value(): number {
    return this.pixels;
  }
  set value(pixels: number) {
    this.pixels = Math.min(maxBrushSize, Math.max(1, Math.round(pixels)));
    this.changed.emit();
  }

  /** By about a sixth, at least by a pixel. */
  step(steps: number): void {
    this.value += steps * Math.max(1, Math.round(this.pixels / 6));
  }
}

/** Paints a label, or background, with round strokes. What is seen is drawn by the code that the host draws with. */
export class Brush implements Tool {
  readonly paints: boolean;

  constructor(
    private readonly desk: Desk,
    private readonly size: BrushSize,
    private readonly erases: boolean,
  ) {
    this.paints = !erases;
    size.changed.listen(() => {
      this.showCursor();
    });
    desk.stage.viewChanged.listen(() => {
      this.showCursor();
    });
  }

  private last: At | null = null;

  grab(at: At): Drag | null {
    if (at.alt) return null;
    const target = this.erases ? this.desk.targets.background : this.desk.targets.current;
    if (!isOpen(this.desk, target)) return null;
    const stroke = new Stroke(this.desk, target, this.size.value);
    stroke.move([at]);
    return stroke;
  }

  click(at: At): void {
    if (at.alt) pick(this.desk, at);
  }

  doubleClick(): boolean {
    return true;
  }

  hover(at: At): void {
    this.last = at;
    this.showCursor();
  }

  leave(): void {
    this.last = null;
    this.desk.overlay.brush(null);
  }

  adjust(steps: number): void {
    this.size.step(steps);
  }

  drop(): void {
    this.leave();
  }

  private showCursor(): void {
    const place = this.last && this.desk.stage.toMap(this.last);
    if (!place) return;
    const [x, y] = snapToBrush(place.x, place.y, this.size.value);
    this.desk.overlay.brush({ x, y, size: this.size.value });
  }
}

/** A stroke as it is made. It is one edit; a very long one several. */
class Stroke implements Drag {
  private points: number[] = [];
  private draft: Draft;

  constructor(
    private readonly desk: Desk,
    private readonly target: Target,
    private readonly size: number,
  ) {
    this.draft = this.begin();
  }

  move(places: readonly At[]): void {
    const { regions, drafts } = this.desk.labelling;
    if (!regions) return;
    for (const at of places) {
      const place = this.desk.stage.toMap(at);
      if (!place) continue;
      const [x, y] = snapToBrush(place.x, place.y, this.size);
      const piece = [...this.points.slice(-2), x, y];
      if (piece.length === 4 && piece[0] === x && piece[1] === y) continue;
      this.points.push(x, y);
      drafts.add(this.draft, strokeRuns(piece, this.size, regions));
      if (this.points.length < 2 * maxPoints) continue;
      this.finish();
      this.points = [x, y];
      this.draft = this.begin();
    }
    this.desk.stage.invalidate();
  }

  release(at: At): void {
    this.move([at]);
    this.finish();
  }

  cancel(): void {
    this.desk.labelling.endDraft(this.draft);
  }

  private begin(): Draft {
    const { labelling } = this.desk;
    const value = this.target.into();
    const labelOf = labelling.mask?.labelOf;
    const locked = new Set(labelling.mask?.labels.filter(label => label.locked).map(label => label.value));
    const takes = (region: number): boolean =>
      labelOf !== undefined && labelOf[region] !== value && !locked.has(labelOf[region]);
    return labelling.beginDraft({ colour: this.target.colour(), group: this.target.group(), takes });
  }

  private finish(): void {
    const { draft, points, size } = this;
    askInto(
      this.desk,
      this.target,
      into => ({ kind: 'stroke', into, size, points }),
      () => {
        this.desk.labelling.endDraft(draft);
      },
    );
  }
}
