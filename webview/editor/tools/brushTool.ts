import { maxBrushSize, maxPoints, snapToBrush, strokeRuns } from '../../../mask/regions/pixelRuns';
import { Emitter } from '../../common/emitter';
import type { PendingStroke } from '../regions/pendingStrokes';
import type { Drag, PointerPosition } from '../view/gestures';
import type { PaintTarget } from './paintTarget';
import type { Tool } from './tool';
import { canPaint, requestPaint, selectUnderPointer, type ToolContext } from './toolContext';

/** The size that brush, eraser and scribbles share, in pixels of the picture. */
export class BrushSize {
  readonly changed = new Emitter();

  constructor(private pixels: number) {}

  get value(): number {
    return this.pixels;
  }
  set value(pixels: number) {
    this.pixels = Math.min(maxBrushSize, Math.max(1, Math.round(pixels)));
    this.changed.emit();
  }

  /** Changes the size by steps of about a sixth, of at least a pixel. */
  step(steps: number): void {
    this.value += steps * Math.max(1, Math.round(this.pixels / 6));
  }
}

/** Paints a label, or background, with round strokes, which the page draws by the same code as the host. */
export class BrushTool implements Tool {
  readonly paints: boolean;
  private pointer: PointerPosition | null = null;

  constructor(
    private readonly context: ToolContext,
    private readonly size: BrushSize,
    private readonly erases: boolean,
  ) {
    this.paints = !erases;
    for (const emitter of [size.changed, context.stage.viewChanged])
      emitter.listen(() => {
        this.showCursor();
      });
  }

  onPress(position: PointerPosition): Drag | null {
    if (position.alt) return null;
    const { targets } = this.context;
    const target = this.erases ? targets.background : targets.current;
    if (!canPaint(this.context, target)) return null;
    const stroke = new Stroke(this.context, target, this.size.value);
    stroke.onMove([position]);
    return stroke;
  }

  onClick(position: PointerPosition): void {
    if (position.alt) selectUnderPointer(this.context, position);
  }

  onDoubleClick(): boolean {
    return true;
  }

  onHover(position: PointerPosition): void {
    this.pointer = position;
    this.showCursor();
  }

  onLeave(): void {
    this.pointer = null;
    this.context.overlay.brush(null);
  }

  onAdjust(steps: number): void {
    this.size.step(steps);
  }

  onDeactivate(): void {
    this.onLeave();
  }

  private showCursor(): void {
    const point = this.pointer && this.context.stage.toMap(this.pointer);
    if (!point) return;
    const [x, y] = snapToBrush(point.x, point.y, this.size.value);
    this.context.overlay.brush({ x, y, size: this.size.value });
  }
}

/** A stroke while it is drawn. It becomes one edit, or several when it is very long. */
class Stroke implements Drag {
  private points: number[] = [];
  private pending: PendingStroke;

  constructor(
    private readonly context: ToolContext,
    private readonly target: PaintTarget,
    private readonly size: number,
  ) {
    this.pending = this.begin();
  }

  onMove(positions: readonly PointerPosition[]): void {
    const { stage, labelling } = this.context;
    if (!labelling.regions) return;
    for (const position of positions) {
      const point = stage.toMap(position);
      if (!point) continue;
      const [x, y] = snapToBrush(point.x, point.y, this.size);
      const segment = [...this.points.slice(-2), x, y];
      if (segment.length === 4 && segment[0] === x && segment[1] === y) continue;
      this.points.push(x, y);
      labelling.pendingStrokes.add(this.pending, strokeRuns(segment, this.size, labelling.regions));
      if (this.points.length < 2 * maxPoints) continue;
      this.finish();
      this.points = [x, y];
      this.pending = this.begin();
    }
    stage.invalidate();
  }

  onRelease(position: PointerPosition): void {
    this.onMove([position]);
    this.finish();
  }

  onCancel(): void {
    this.context.labelling.endStroke(this.pending);
  }

  private begin(): PendingStroke {
    const { labelling } = this.context;
    const { mask } = labelling;
    const target = this.target.requestValue();
    const locked = new Set(mask?.labels.filter(label => label.locked).map(label => label.value));
    const canCover = (region: number): boolean => {
      const value = mask?.labelOf[region];
      return value !== undefined && value !== target && !locked.has(value);
    };
    return labelling.beginStroke({ colour: this.target.colour(), group: this.target.group(), canCover });
  }

  private finish(): void {
    const { pending, points, size } = this;
    requestPaint(
      this.context,
      this.target,
      into => ({ kind: 'stroke', into, size, points }),
      () => {
        this.context.labelling.endStroke(pending);
      },
    );
  }
}
