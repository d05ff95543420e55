import type { At, Drag } from '../view/gestures';
import type { Tool } from './tool';
import { askInto, isOpen, labelUnder, pick, pixelUnder, type Desk } from './toolContext';

/**
 * Selects labels: one by a click, more with Shift or Ctrl, all in a rectangle by Shift and dragging. Without them
 * dragging pans.
 */
export class Select implements Tool {
  readonly paints = false;

  constructor(private readonly desk: Desk) {}

  grab(at: At): Drag | null {
    if (!at.shift) return null;
    let to = at;
    const show = (shown: boolean): void => {
      this.desk.overlay.rectangle(shown ? { from: at, to } : null);
    };
    return {
      move: places => {
        to = places.at(-1) ?? to;
        show(true);
      },
      release: end => {
        show(false);
        if (Math.hypot(end.x - at.x, end.y - at.y) < 4) this.click(end);
        else this.desk.labelling.select(this.within(at, end), 'more');
      },
      cancel: () => {
        show(false);
      },
    };
  }

  click(at: At): void {
    const { labelling } = this.desk;
    if (!at.shift && !at.toggle) {
      pick(this.desk, at);
      return;
    }
    const label = labelUnder(this.desk, at);
    if (label !== null) labelling.select([label], 'toggle');
  }

  /** The labels that have at least half of their pixels in a rectangle of the stage. */
  private within(a: At, b: At): number[] {
    const { labelling, stage } = this.desk;
    const { regions, grouping, mask } = labelling;
    const [p, q] = [stage.toMap(a), stage.toMap(b)];
    if (!regions || !grouping || !mask || !p || !q) return [];
    const along = (one: number, other: number, size: number): [number, number] => [
      Math.max(0, Math.round(Math.min(one, other))),
      Math.min(size, Math.round(Math.max(one, other))),
    ];
    const [left, right] = along(p.x, q.x, regions.width);
    const [top, bottom] = along(p.y, q.y, regions.height);
    const counts = new Float64Array(regions.count);
    for (let y = top; y < bottom; y++) {
      for (let at = y * regions.width + left; at < y * regions.width + right; at++) counts[regions.ids[at]]++;
    }
    const inside = new Float64Array(grouping.colours.length);
    counts.forEach((pixels, region) => {
      inside[grouping.groupOf[region]] += pixels;
    });
    return mask.labels
      .filter(
        label => 2 * inside[label.value] >= label.area && labelling.visibility.shows(labelling.representativeOf(label)),
      )
      .map(label => labelling.representativeOf(label));
  }
}

/** Gives the connected part under the pointer to the target. */
export class Fill implements Tool {
  readonly paints = true;

  constructor(private readonly desk: Desk) {}

  click(at: At): void {
    if (at.alt) {
      pick(this.desk, at);
      return;
    }
    const target = this.desk.targets.current;
    const pixel = pixelUnder(this.desk, at);
    if (pixel && isOpen(this.desk, target)) askInto(this.desk, target, into => ({ kind: 'fill', into, ...pixel }));
  }

  doubleClick(): boolean {
    return true;
  }
}

/** Selects the label under the pointer, to paint with it, and goes back to the tool before. */
export class Pick implements Tool {
  readonly paints = false;

  constructor(
    private readonly desk: Desk,
    private readonly back: () => void,
  ) {}

  click(at: At): void {
    pick(this.desk, at);
    this.back();
  }
}
