import type { Place } from '../geometry/screen';
import type { Stage } from './stage';
import { make, show, twice } from './svg';

/**
 * Lines of tools over the picture: the brush's size, a polygon in work, a rectangle. Each is drawn dark and light, to
 * be seen on anything.
 */
export class ToolOverlay {
  private readonly svg = make('svg', { class: 'lines', 'aria-hidden': 'true' });
  private readonly circle = twice('circle');
  private readonly path = twice('polyline');
  private readonly corner = make('circle', { class: 'corner', r: 4 });
  private readonly box = twice('rect');

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
  ) {
    this.svg.append(...this.box, ...this.path, this.corner, ...this.circle);
    container.append(this.svg);
    this.brush(null);
    this.line([], null);
    this.rectangle(null);
  }

  /** The outline of a brush at a place of the map, `size` pixels across; null hides it. */
  brush(at: (Place & { readonly size: number }) | null): void {
    const middle = at && this.stage.fromMap(at.x, at.y);
    const edge = at && this.stage.fromMap(at.x + at.size / 2, at.y);
    show(this.circle, middle && edge && { cx: middle.x, cy: middle.y, r: Math.max(2, edge.x - middle.x) });
  }

  /** A line through points of the map (x, y, x, y …), on to where the pointer is. */
  line(points: readonly number[], pointer: Place | null): void {
    const all = pointer && points.length > 0 ? [...points, pointer.x, pointer.y] : points;
    const places: string[] = [];
    for (let i = 0; i + 1 < all.length; i += 2) {
      const place = this.stage.fromMap(all[i], all[i + 1]);
      if (place) places.push(`${place.x},${place.y}`);
    }
    show(this.path, places.length > 0 ? { points: places.join(' ') } : null);
    const first = points.length > 0 ? this.stage.fromMap(points[0], points[1]) : null;
    show([this.corner], first && { cx: first.x, cy: first.y });
  }

  /** A rectangle between two places of the stage; null hides it. */
  rectangle(corners: { readonly from: Place; readonly to: Place } | null): void {
    if (!corners) {
      show(this.box, null);
      return;
    }
    const { from, to } = corners;
    show(this.box, {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    });
  }
}
