import type { Paint } from './polygon';

/** A shape of a class by its name. `fill` may tell of a pixel more than once. */
export interface NamedShape {
  readonly name: string;
  readonly fill: (paint: Paint) => void;
}

/** What labelling tools call the class of everything that no shape covers. */
export const backgroundNames: readonly string[] = ['background', '_background_'];

/** Whether a shape of this name erases what lies under it. */
export function isBackground(name: string): boolean {
  return backgroundNames.includes(name.toLowerCase());
}

/**
 * Shapes, the largest first: where objects overlap, the smaller lies before the larger, as a cup before the table that
 * it stands on.
 */
export function largestFirst<T extends NamedShape>(shapes: readonly T[]): T[] {
  return shapes
    .map(shape => ({ shape, area: areaOf(shape) }))
    .sort((a, b) => b.area - a.area)
    .map(({ shape }) => shape);
}

/** Pixels that a shape paints. */
export function areaOf({ fill }: NamedShape): number {
  let area = 0;
  fill((from, to) => {
    area += to - from;
  });
  return area;
}
