import { svgElement, setAttributes, showShapes, outlinedShape } from '../../common/dom';
import type { Point } from '../geometry/columns';
import type { Stage } from './stage';

/**
 * Lines of tools over the picture: the outline of the brush, an unfinished polygon, a rectangle, a crosshair. Each is
 * drawn dark and light, so that it is visible on any colour.
 */
export class ToolOverlay {
  private readonly svg = svgElement('svg', { class: 'lines', 'aria-hidden': 'true' });
  private readonly circle = outlinedShape('circle');
  private readonly path = outlinedShape('polyline');
  private readonly corner = svgElement('circle', { class: 'corner', r: 4 });
  private readonly box = outlinedShape('rect');
  private readonly cross = outlinedShape('path');

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
  ) {
    this.svg.append(...this.box, ...this.path, this.corner, ...this.circle, ...this.cross);
    container.append(this.svg);
    this.brush(null);
    this.line([], null);
    this.rectangle(null);
    this.crosshair(null);
  }

  /** Shows the outline of a brush at a point of the map, `size` pixels across; null hides it. */
  brush(at: (Point & { readonly size: number }) | null): void {
    const middle = at && this.stage.fromMap(at.x, at.y);
    const edge = at && this.stage.fromMap(at.x + at.size / 2, at.y);
    showShapes(this.circle, middle && edge && { cx: middle.x, cy: middle.y, r: Math.max(2, edge.x - middle.x) });
  }

  /** Shows a line through points of the map (x, y, x, y …) and on to the pointer; no points hide it. */
  line(points: readonly number[], pointer: Point | null): void {
    const corners = pairs(points).map(([x, y]) => this.stage.fromMap(x, y));
    const end = pointer && corners.length > 0 ? this.stage.fromMap(pointer.x, pointer.y) : null;
    const drawn = [...corners, end].filter(position => position !== null);
    showShapes(this.path, drawn.length > 0 ? { points: drawn.map(({ x, y }) => `${x},${y}`).join(' ') } : null);
    const first = corners[0];
    showShapes([this.corner], first ? { cx: first.x, cy: first.y } : null);
  }

  /** Shows a rectangle between two positions of the stage; null hides it. */
  rectangle(corners: { readonly from: Point; readonly to: Point } | null): void {
    if (!corners) {
      showShapes(this.box, null);
      return;
    }
    const { from, to } = corners;
    showShapes(this.box, {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(to.x - from.x),
      height: Math.abs(to.y - from.y),
    });
  }

  /** Shows a crosshair at a point of the map; null hides it. */
  crosshair(at: Point | null): void {
    const middle = at && this.stage.fromMap(at.x, at.y);
    showShapes(this.cross, middle && { d: crossAround(middle.x, middle.y, crosshairGap) });
  }
}

/** CSS pixels between the middle of a crosshair and its arms. */
const crosshairGap = 4;

/** The size of a picture pixel, in CSS pixels, from which on it is framed. */
const framedSize = 6;

/** Marks the pixel under the pointer in each column, where columns are side by side. */
export class PixelMarks {
  private readonly svg = svgElement('svg', { class: 'lines marks', 'aria-hidden': 'true' });
  private marks: { clip: SVGElement; cross: SVGElement[]; frame: SVGElement[] }[] = [];
  private pixel: Point | null = null;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
  ) {
    container.append(this.svg);
    stage.viewChanged.listen(() => {
      this.update();
    });
  }

  /** @param position on the picture, in its pixels with fractions; null: beside it */
  show(position: Point | null): void {
    this.pixel = position && { x: Math.floor(position.x), y: Math.floor(position.y) };
    this.update();
  }

  private update(): void {
    const columns = this.pixel ? this.stage.columnsWith(this.pixel.x, this.pixel.y) : [];
    this.svg.style.display = columns.length > 1 ? '' : 'none';
    if (columns.length < 2) return;
    if (columns.length !== this.marks.length) this.createMarks(columns.length);
    const size = this.stage.pixelSize;
    const gap = size >= framedSize ? size / 2 + 1 : 3;
    columns.forEach(({ left, width, corner }, index) => {
      const mark = this.marks[index];
      if (!mark) return;
      setAttributes(mark.clip, { x: left, width, height: '100%' });
      const [x, y] = [corner.x - left, corner.y];
      showShapes(mark.cross, { d: crossAround(x + size / 2, y + size / 2, gap) });
      showShapes(mark.frame, size >= framedSize ? { x, y, width: size, height: size } : null);
    });
  }

  /** Makes a clipping viewport a column, so that no mark reaches into the next column. */
  private createMarks(count: number): void {
    this.marks = Array.from({ length: count }, () => {
      const [cross, frame] = [outlinedShape('path'), outlinedShape('rect')];
      const clip = svgElement('svg');
      clip.append(...frame, ...cross);
      return { clip, cross, frame };
    });
    this.svg.replaceChildren(...this.marks.map(({ clip }) => clip));
  }
}

/** A path of four arms around a point, CSS pixels. */
function crossAround(x: number, y: number, gap: number): string {
  const directions = [
    [-1, 0],
    [1, 0],
    [0, -1],
    [0, 1],
  ] as const;
  return directions.map(([dx, dy]) => `M${x + dx * gap} ${y + dy * gap}l${7 * dx} ${7 * dy}`).join('');
}

/** Pairs of consecutive numbers. */
function pairs(numbers: readonly number[]): [number, number][] {
  return numbers.flatMap((y, index) => (index % 2 === 1 ? [[numbers.at(index - 1)!, y] as [number, number]] : []));
}
