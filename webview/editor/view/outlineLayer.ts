import { outlinedShape, setAttributes, showShapes, svgElement } from '../../common/dom';
import type { Outline } from '../model/outline';
import type { Stage } from './stage';

/** Half the side of a corner's square, in CSS pixels. */
const half = 3;

/** The outline of a label over the picture: its edges, and of its corners those in sight. */
export class OutlineLayer {
  private readonly edges = outlinedShape('path');
  private readonly corners = svgElement('path', { class: 'vertices' });
  private readonly chosen = svgElement('circle', { class: 'chosen-vertex', r: 5.5 });
  private shownRings: readonly unknown[] = [];

  constructor(
    private readonly container: HTMLElement,
    private readonly stage: Stage,
    private readonly outline: Outline,
  ) {
    const svg = svgElement('svg', { class: 'lines outline-lines', 'aria-hidden': 'true' });
    svg.append(...this.edges, this.corners, this.chosen);
    container.append(svg);
    for (const emitter of [stage.viewChanged, outline.changed])
      emitter.listen(() => {
        this.show();
      });
    this.show();
  }

  private show(): void {
    const { rings, chosen } = this.outline;
    const origin = this.stage.fromMap(0, 0);
    const unit = this.stage.fromMap(1, 1);
    if (rings.length === 0 || !origin || !unit) {
      for (const shape of [...this.edges, this.corners, this.chosen]) showShapes([shape], null);
      this.shownRings = [];
      return;
    }
    const scale = { x: unit.x - origin.x, y: unit.y - origin.y };
    if (rings !== this.shownRings) {
      this.shownRings = rings;
      showShapes(this.edges, { d: rings.map(ring => `M${ring.join(' ')}Z`).join('') });
    }
    for (const edge of this.edges)
      setAttributes(edge, { transform: `matrix(${scale.x} 0 0 ${scale.y} ${origin.x} ${origin.y})` });
    const { clientWidth: width, clientHeight: height } = this.container;
    const squares: string[] = [];
    for (const ring of rings) {
      for (let i = 0; i + 1 < ring.length; i += 2) {
        const [x, y] = [origin.x + scale.x * (ring[i] ?? 0), origin.y + scale.y * (ring[i + 1] ?? 0)];
        if (x < -half || y < -half || x > width + half || y > height + half) continue;
        squares.push(`M${x - half} ${y - half}h${2 * half}v${2 * half}h${-2 * half}z`);
      }
    }
    showShapes([this.corners], { d: squares.join('') });
    const ring = chosen && rings[chosen.ring];
    const at = ring && this.stage.fromMap(ring[2 * chosen.corner] ?? 0, ring[2 * chosen.corner + 1] ?? 0);
    showShapes([this.chosen], at ? { cx: at.x, cy: at.y } : null);
  }
}
