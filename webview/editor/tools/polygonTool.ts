import { maxPoints } from '../../../mask/regions/pixelRuns';
import type { Drag, PointerPosition } from '../view/gestures';
import type { KeyPress, Tool } from './tool';
import { canPaint, requestPaint, selectUnderPointer, type ToolContext } from './toolContext';

/** CSS pixels from the first corner within which a click closes the polygon. */
const closingDistance = 8;
/** CSS pixels between the points of a freehand line. */
const spacing = 2;

/** Outlines an area by corners, or by a freehand line, and gives it to the target. */
export class PolygonTool implements Tool {
  readonly paints = true;
  /** x, y, x, y … in pixels of the map. */
  private points: number[] = [];

  constructor(private readonly context: ToolContext) {
    context.stage.viewChanged.listen(() => {
      this.show();
    });
  }

  onPress(start: PointerPosition): Drag | null {
    if (start.alt || !canPaint(this.context, this.context.targets.current)) return null;
    const before = this.points.slice();
    let last = start;
    let isFreehand = false;
    const draw = (position: PointerPosition): void => {
      const distance = Math.hypot(position.x - last.x, position.y - last.y);
      if (distance < (isFreehand ? spacing : 2 * spacing)) return;
      if (!isFreehand) this.add(last);
      isFreehand = true;
      last = position;
      this.add(position);
    };
    return {
      onMove: positions => {
        positions.forEach(draw);
      },
      onRelease: end => {
        if (!isFreehand) this.addCorner(end);
        else if (before.length === 0) this.close();
      },
      onCancel: () => {
        this.set(before);
      },
    };
  }

  onClick(position: PointerPosition): void {
    if (position.alt) selectUnderPointer(this.context, position);
  }

  onDoubleClick(): boolean {
    this.close();
    return true;
  }

  onHover(position: PointerPosition): void {
    if (this.points.length > 0) this.show(position);
  }

  onKey({ key }: KeyPress): boolean {
    if (this.points.length === 0) return false;
    if (key === 'Enter') this.close();
    else if (key === 'Escape') this.set([]);
    else if (key === 'Backspace') this.set(this.points.slice(0, -2));
    else return false;
    return true;
  }

  onDeactivate(): void {
    this.set([]);
  }

  /** Adds a corner, or closes the polygon at its first one. */
  private addCorner(position: PointerPosition): void {
    const [x = 0, y = 0] = this.points;
    const first = this.points.length >= 6 ? this.context.stage.fromMap(x, y) : null;
    if (first && Math.hypot(first.x - position.x, first.y - position.y) <= closingDistance) this.close();
    else this.add(position);
  }

  private add(position: PointerPosition): void {
    const point = this.context.stage.toMap(position);
    if (!point || this.points.length >= 2 * maxPoints) return;
    // Eighths of a pixel are finer than anyone points, and short to send.
    this.set([...this.points, Math.round(8 * point.x) / 8, Math.round(8 * point.y) / 8]);
  }

  private close(): void {
    const { points, context } = this;
    this.set([]);
    if (points.length < 6) return;
    requestPaint(context, context.targets.current, into => ({ kind: 'polygon', into, points }));
  }

  private set(points: number[]): void {
    this.points = points;
    this.show();
  }

  private show(pointer?: PointerPosition): void {
    this.context.overlay.line(this.points, pointer ? this.context.stage.toMap(pointer) : null);
  }
}
