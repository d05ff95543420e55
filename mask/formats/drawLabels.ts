import { isBackground } from '../shapes/shapes';
import type { RegionMap } from '../regions/regionMap';
import { erased, firstLabel, type ForeignLabels, type Size } from './foreignLabels';

/** A label of another program's file. */
export interface DrawnLabel {
  readonly name: string;
  /** `#rrggbb`, where the file gives it one. */
  readonly colour?: string;
}

/** Another program's labels as pixels. */
export interface DrawnLabels {
  /** Of each pixel `untouched` where no label is, `erased` where the background is, or a label from `firstLabel` on. */
  readonly regions: RegionMap;
  readonly labels: readonly DrawnLabel[];
}

/** Runs of pixels shorter than this are faster to set one by one. */
const shortRun = 16;

/**
 * Draws another program's labels, later ones over earlier ones.
 * @param labels as many as `checkLabelCount` accepts
 * @throws DrawingBudgetError for shapes that take too much work
 */
export function drawLabels({ shapes }: ForeignLabels, { width, height }: Size): DrawnLabels {
  const map = new Uint16Array(width * height);
  const indices = new Map<string | number, number>();
  const labels: DrawnLabel[] = [];
  for (const { name, group, colour, fill } of shapes) {
    let index = isBackground(name) ? erased : indices.get(group);
    if (index === undefined) {
      indices.set(group, (index = firstLabel + labels.length));
      labels.push({ name, ...(colour !== undefined && { colour }) });
    }
    const value = index;
    fill((from, to) => {
      if (to - from < shortRun) for (let p = from; p < to; p++) map[p] = value;
      else map.fill(value, from, to);
    });
  }
  return { regions: { width, height, count: firstLabel + labels.length, ids: map }, labels };
}
