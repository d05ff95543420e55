import type { Place } from '../geometry/screen';
import type { Stage } from './stage';
import { make, set, show, twice } from './svg';

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
