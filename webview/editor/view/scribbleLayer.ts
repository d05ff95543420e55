import type { Scribble } from '../../../mask/document/scribbles';
import type { Labelling } from '../model/labelling';
import type { Stage } from './stage';

const namespace = 'http://www.w3.org/2000/svg';
type Line = Pick<Scribble, 'colour' | 'size' | 'points'>;

/** The scribbles over the picture, which move and scale with it. */
export class ScribbleLayer {
  private readonly svg = document.createElementNS(namespace, 'svg');
  private readonly group = document.createElementNS(namespace, 'g');
  private readonly drawn = document.createElementNS(namespace, 'g');
  private shown: readonly Scribble[] | undefined;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
  ) {
    this.svg.setAttribute('class', 'scribbles');
    this.svg.setAttribute('aria-hidden', 'true');
    this.group.append(document.createElementNS(namespace, 'g'), this.drawn);
    this.svg.append(this.group);
    container.append(this.svg);
    stage.viewChanged.listen(() => {
      this.place();
    });
    labelling.maskChanged.listen(() => {
      this.show();
    });
  }

  /** The stroke in work; null when the document has it. */
  draw(line: Line | null): void {
    this.drawn.replaceChildren(...(line ? lines(line) : []));
    this.place();
  }

  private show(): void {
    const scribbles = this.labelling.mask?.scribbles;
    this.place();
    if (scribbles === this.shown) return;
    this.shown = scribbles;
    this.group.firstElementChild!.replaceChildren(...(scribbles ?? []).flatMap(lines));
  }

  private place(): void {
    const origin = this.stage.fromMap(0, 0);
    const one = this.stage.fromMap(1, 1);
    if (origin && one)
      this.group.setAttribute(
        'transform',
        `matrix(${one.x - origin.x} 0 0 ${one.y - origin.y} ${origin.x} ${origin.y})`,
      );
  }
}

/** A line with a light and a dark border, to be seen on any colour. */
function lines({ colour, size, points }: Line): SVGElement[] {
  const places = points.length === 2 ? [...points, ...points] : points;
  const outlines: [stroke: string, width: number][] = [
    ['#000', Math.max(1.1 * size, size + 1.2)],
    ['#fff', Math.max(1.05 * size, size + 0.6)],
    [colour, size],
  ];
  return outlines.map(([stroke, width]) => {
    const line = document.createElementNS(namespace, 'polyline');
    line.setAttribute('points', places.join(' '));
    line.setAttribute('stroke', stroke);
    line.setAttribute('stroke-width', String(width));
    return line;
  });
}
