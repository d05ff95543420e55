import { make, set, show, twice } from '../../common/dom';
import type { Place } from '../geometry/columns';
import type { Stage } from './stage';

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

/** From this many CSS pixels on, a pixel of the picture is framed. */
const framed = 6;

/** Where columns are side by side, marks the pixel under the pointer in each of them. */
export class PixelMarks {
  private readonly svg = make('svg', { class: 'lines marks', 'aria-hidden': 'true' });
  private marks: { view: SVGElement; cross: SVGElement[]; frame: SVGElement[] }[] = [];
  private pixel: Place | null = null;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
  ) {
    container.append(this.svg);
    stage.viewChanged.listen(() => {
      this.place();
    });
  }

  /** @param at position on the picture, with fractions; null: beside it */
  show(at: Place | null): void {
    this.pixel = at && { x: Math.floor(at.x), y: Math.floor(at.y) };
    this.place();
  }

  private place(): void {
    const { stage, pixel } = this;
    const columns = pixel ? stage.columns : [];
    this.svg.style.display = columns.length > 1 ? '' : 'none';
    if (!pixel || columns.length < 2) return;
    if (columns.length !== this.marks.length) this.renew(columns.length);
    const corners = stage.placesOf(pixel.x, pixel.y);
    const side = stage.placesOf(pixel.x + 1, pixel.y)[0].x - corners[0].x;
    this.marks.forEach(({ view, cross, frame }, at) => {
      const { left, width } = columns[at];
      set(view, { x: left, width, height: '100%' });
      const [x, y] = [corners[at].x - left, corners[at].y];
      const [middleX, middleY] = [x + side / 2, y + side / 2];
      const gap = side >= framed ? side / 2 + 1 : 3;
      const arms = [
        [-1, 0],
        [1, 0],
        [0, -1],
        [0, 1],
      ].map(([dx, dy]) => `M${middleX + dx * gap} ${middleY + dy * gap}l${7 * dx} ${7 * dy}`);
      show(cross, { d: arms.join('') });
      show(frame, side >= framed ? { x, y, width: side, height: side } : null);
    });
  }

  /** A window a column, so that no mark reaches into the next. */
  private renew(count: number): void {
    this.marks = Array.from({ length: count }, () => {
      const [cross, frame] = [twice('path'), twice('rect')];
      const view = make('svg');
      view.append(...frame, ...cross);
      return { view, cross, frame };
    });
    this.svg.replaceChildren(...this.marks.map(({ view }) => view));
  }
}
