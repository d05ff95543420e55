import type { Scribble } from '../../../mask/document/scribbles';
import { setAttributes, svgElement } from '../../common/dom';
import type { Labelling } from '../model/labelling';
import type { Stage } from './stage';

type Line = Pick<Scribble, 'colour' | 'size' | 'points'>;

/** The scribbles over the picture, which move and scale with it. */
export class ScribbleLayer {
  private readonly saved = svgElement('g');
  private readonly current = svgElement('g');
  private readonly group = svgElement('g');
  private shown: readonly Scribble[] | undefined;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
  ) {
    const svg = svgElement('svg', { class: 'scribbles', 'aria-hidden': 'true' });
    this.group.append(this.saved, this.current);
    svg.append(this.group);
    container.append(svg);
    stage.viewChanged.listen(() => {
      this.place();
    });
    labelling.maskChanged.listen(() => {
      this.show();
    });
  }

  /** Shows the scribble that is being drawn; null once the document has it. */
  drawStroke(line: Line | null): void {
    this.current.replaceChildren(...(line ? outlinedLine(line) : []));
    this.place();
  }

  private show(): void {
    const scribbles = this.labelling.mask?.scribbles;
    this.place();
    if (scribbles === this.shown) return;
    this.shown = scribbles;
    this.saved.replaceChildren(...(scribbles ?? []).flatMap(outlinedLine));
  }

  private place(): void {
    const origin = this.stage.fromMap(0, 0);
    const unit = this.stage.fromMap(1, 1);
    if (!origin || !unit) return;
    const scale = { x: unit.x - origin.x, y: unit.y - origin.y };
    setAttributes(this.group, { transform: `matrix(${scale.x} 0 0 ${scale.y} ${origin.x} ${origin.y})` });
  }
}

/** A line with a light and a dark border, to be visible on any colour. */
function outlinedLine({ colour, size, points }: Line): SVGElement[] {
  const path = (points.length === 2 ? [...points, ...points] : points).join(' ');
  const strokes: [stroke: string, width: number][] = [
    ['#000', Math.max(1.1 * size, size + 1.2)],
    ['#fff', Math.max(1.05 * size, size + 0.6)],
    [colour, size],
  ];
  return strokes.map(([stroke, width]) => svgElement('polyline', { points: path, stroke, 'stroke-width': width }));
}
