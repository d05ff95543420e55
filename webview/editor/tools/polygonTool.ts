import { maxPoints } from '../../../mask/regions/pixelRuns';
import type { At, Drag } from '../view/gestures';
import { askInto, isOpen, pick, type Desk } from './toolContext';
import type { Tool } from './tool';

/** CSS pixels: how near the first corner a click closes, and how far apart the points of a line drawn by hand are. */
const closing = 8;
const spacing = 2;

/** Outlines an area by corners, or by a line drawn by hand, and gives it to the target. */
export class Polygon implements Tool {
  readonly paints = true;
  /** x, y, x, y … in pixels of the map. */
  private points: number[] = [];

  constructor(private readonly desk: Desk) {
    desk.stage.viewChanged.listen(() => {
      this.show();
    });
  }

  grab(at: At): Drag | null {
    if (at.alt || !isOpen(this.desk, this.desk.targets.current)) return null;
    const fresh = this.points.length === 0;
    const kept = this.points.slice();
    let last = at,
      drawn = false;
    const draw = (to: At): void => {
      if (Math.hypot(to.x - last.x, to.y - last.y) < (drawn ? spacing : 2 * spacing)) return;
      if (!drawn) this.add(last);
      drawn = true;
      last = to;
      this.add(to);
    };
    return {
      move: places => {
        places.forEach(draw);
      },
      release: to => {
        if (!drawn) this.corner(to);
        else if (fresh) this.close();
      },
      cancel: () => {
        this.set(kept);
      },
    };
  }

  click(at: At): void {
    if (at.alt) pick(this.desk, at);
  }

  doubleClick(): boolean {
    this.close();
    return true;
  }

  hover(at: At): void {
    if (this.points.length > 0) this.show(at);
  }

  key(key: string): boolean {
    if (this.points.length === 0) return false;
    if (key === 'Enter') this.close();
    else if (key === 'Escape') this.set([]);
    else if (key === 'Backspace') this.set(this.points.slice(0, -2));
    else return false;
    return true;
  }

  drop(): void {
    this.set([]);
  }

  private corner(at: At): void {
    const first = this.points.length >= 6 ? this.desk.stage.fromMap(this.points[0], this.points[1]) : null;
    if (first && Math.hypot(first.x - at.x, first.y - at.y) <= closing) this.close();
    else this.add(at);
  }

  private add(at: At): void {
    const place = this.desk.stage.toMap(at);
    if (!place || this.points.length >= 2 * maxPoints) return;
    // Eighths of a pixel are finer than anyone points, and short to send.
    this.set([...this.points, Math.round(8 * place.x) / 8, Math.round(8 * place.y) / 8]);
  }

  private close(): void {
    const { points } = this;
    this.set([]);
    if (points.length >= 6) askInto(this.desk, this.desk.targets.current, into => ({ kind: 'polygon', into, points }));
  }

  private set(points: number[]): void {
    this.points = points;
    this.show();
  }

  private show(pointer?: At): void {
    this.desk.overlay.line(this.points, pointer ? this.desk.stage.toMap(pointer) : null);
  }
}
