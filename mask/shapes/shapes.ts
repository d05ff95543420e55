/** A shape with the name of its class. `fill` may paint a pixel more than once. */
export interface NamedShape {
  readonly name: string;
  readonly fill: (paint: Paint) => void;
  /** The number of pixels that `fill` paints, where it is known beforehand. */
  readonly area?: number;
}

/** The names that labelling tools give to the background, which no shape covers. */
export const backgroundNames: readonly string[] = ['background', '_background_'];

/** Whether a shape of this name erases what lies under it. */
export function isBackground(name: string): boolean {
  return backgroundNames.includes(name.toLowerCase());
}

/**
 * Orders shapes by area, the largest first: where objects overlap, the smaller one usually lies in front of the larger,
 * as a cup stands in front of the table.
 */
export function largestFirst<T extends NamedShape>(shapes: readonly T[]): T[] {
  return shapes
    .map(shape => ({ shape, area: areaOf(shape) }))
    .sort((a, b) => b.area - a.area)
    .map(({ shape }) => shape);
}

/** The number of pixels that a shape paints. */
export function areaOf({ fill, area: known }: NamedShape): number {
  if (known !== undefined) return known;
  let area = 0;
  fill((from, to) => {
    area += to - from;
  });
  return area;
}

/** A callback that paints the pixels `from` … `to` - 1 of a row-major picture, which are all in one row. */
export type Paint = (from: number, to: number) => void;

/** The first of `size` rows or columns whose centre lies at or after a coordinate; `size` where none does. */
export function firstCentre(coordinate: number, size: number): number {
  return Math.min(size, Math.max(0, Math.ceil(coordinate - 0.5)));
}
