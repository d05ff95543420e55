import { nextColour, palette } from '../../../mask/colours/defaultColours';
import { maxPoints } from '../../../mask/regions/pixelRuns';
import type { ClassInfo } from '../../../mask/classes';
import type { Labelling } from '../model/labelling';
import type { Names } from '../model/labelNames';
import { Signal } from '../../common/emitter';
import type { At, Drag } from '../view/gestures';
import type { ScribbleLayer } from '../view/scribbleLayer';
import type { BrushSize } from './brushTool';
import type { Desk } from './toolContext';
import type { Tool } from './tool';

/** The labels that scribbles can be of, and the one that the next is. */
export class ScribbleLabels {
  readonly changed = new Signal();
  private chosen: ClassInfo | null = null;

  constructor(
    private readonly labelling: Labelling,
    private readonly names: Names,
  ) {
    names.changed.listen(() => {
      this.changed.emit();
    });
    labelling.selectionChanged.listen(() => {
      this.changed.emit();
    });
  }

  /** Those drawn already, those that the settings or the mask name, and the selected one. */
  get all(): ClassInfo[] {
    const { mask } = this.labelling;
    const selected = this.labelling.labelOfRegion(this.labelling.selection.primary);
    const known = new Map<string, ClassInfo>();
    for (const { name, colour } of [
      ...(mask?.scribbles ?? []),
      ...this.names.all,
      ...(selected ? [selected] : []),
      ...(this.chosen ? [this.chosen] : []),
    ]) {
      if (!known.has(name)) known.set(name, { name, colour });
    }
    return [...known.values()];
  }

  get current(): ClassInfo {
    const { all } = this;
    return all.find(({ name }) => name === this.chosen?.name) ?? all.at(0) ?? this.fresh();
  }

  choose(label: ClassInfo): void {
    this.chosen = label;
    this.changed.emit();
  }

  /** A label that nothing has yet. */
  fresh(): ClassInfo {
    const taken = [...this.all, ...(this.labelling.mask?.labels ?? [])];
    let number = 1;
    while (taken.some(({ name }) => name === `Label ${number}`)) number++;
    return { name: `Label ${number}`, colour: palette[nextColour(taken.map(({ colour }) => colour))] };
  }

  /** The label of a number key. @returns whether there is one */
  key(key: string): boolean {
    const label = /^[1-9]$/.test(key) ? this.all.at(Number(key) - 1) : undefined;
    if (label) this.choose(label);
    return label !== undefined;
  }
}

/** Draws strokes that say what a segmentation shall find. They are lines over the picture, no pixels of the mask. */
export class ScribbleTool implements Tool {
  readonly paints = false;

  constructor(
    private readonly desk: Desk,
    private readonly size: BrushSize,
    private readonly labels: ScribbleLabels,
    private readonly layer: ScribbleLayer,
  ) {}

  grab(at: At): Drag | null {
    const { stage, labelling, queue } = this.desk;
    if (at.alt || !labelling.mask || labelling.running) return null;
    const { name, colour } = this.labels.current;
    const size = this.size.value;
    const points: number[] = [];
    const move = (places: readonly At[]): void => {
      for (const place of places) {
        const to = stage.toMap(place);
        if (!to || points.length >= 2 * maxPoints) continue;
        const [x, y] = [Math.round(2 * to.x) / 2, Math.round(2 * to.y) / 2];
        if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
      }
      this.layer.draw({ colour, size, points });
    };
    move([at]);
    return {
      move,
      release: () => {
        queue.ask({
          request: () => ({ kind: 'scribble', name, colour, size, points }),
          done: () => {
            this.layer.draw(null);
          },
        });
      },
      cancel: () => {
        this.layer.draw(null);
      },
    };
  }

  /** With Alt takes the stroke under the pointer away. */
  click(at: At): void {
    const { labelling, stage, queue } = this.desk;
    const place = stage.toMap(at);
    const all = labelling.mask?.scribbles ?? [];
    if (!at.alt || !place) return;
    const index = all.findLastIndex(({ points, size }) => isNear(points, place, Math.max(size / 2, 6)));
    const found = all[index];
    if (found) queue.ask({ request: () => ({ kind: 'unscribble', indices: [index] }) });
  }

  doubleClick(): boolean {
    return true;
  }

  hover(at: At): void {
    const place = this.desk.stage.toMap(at);
    if (place) this.desk.overlay.brush({ ...place, size: this.size.value });
  }

  leave(): void {
    this.desk.overlay.brush(null);
  }

  drop(): void {
    this.leave();
  }

  adjust(steps: number): void {
    this.size.step(steps);
  }

  key(key: string): boolean {
    return this.labels.key(key);
  }
}

/** Whether a line of points passes a place within a distance. */
export function isNear(
  points: readonly number[],
  { x, y }: { readonly x: number; readonly y: number },
  distance: number,
): boolean {
  for (let i = 0; i === 0 || i + 3 < points.length; i += 2) {
    const j = Math.min(i + 2, points.length - 2);
    const [dx, dy] = [points[j] - points[i], points[j + 1] - points[i + 1]];
    const squared = dx * dx + dy * dy;
    const t = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - points[i]) * dx + (y - points[i + 1]) * dy) / squared));
    if (Math.hypot(x - points[i] - t * dx, y - points[i + 1] - t * dy) <= distance) return true;
  }
  return false;
}
