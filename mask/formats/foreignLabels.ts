import { maxNameLength } from '../classes/classInfo';
import { maxRegions } from '../regions/regionMap';
import { isBackground, type NamedShape } from '../shapes/shapes';

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A shape of a label. Shapes of one group belong to one label. */
export interface LabelShape extends NamedShape {
  readonly group: string | number;
  /** `#rrggbb` */
  readonly colour?: string;
}

/** The labels of an image in another program's file, as far as they can be used. */
export interface ForeignLabels {
  /** Later shapes lie over earlier ones. `fill` throws nothing but DrawingBudgetError. */
  readonly shapes: readonly LabelShape[];
  /** What was left out of the file or taken for something, and why: a clause for people each. */
  readonly leftOut: readonly string[];
}

/** The values of a map of labels: a pixel that no shape covers, one of the background, and one of the first label. */
export const [untouched, erased, firstLabel] = [0, 1, 2];

/** The maximum number of labels that a file may have for one image. */
const mostLabels = maxRegions - firstLabel;

/** Checks that a mask can hold as many labels. @throws Error where it cannot */
export function checkLabelCount({ shapes }: ForeignLabels): void {
  const count = new Set(shapes.filter(({ name }) => !isBackground(name)).map(({ group }) => group)).size;
  if (count > mostLabels) throw new Error(`its ${count} labels are more than the ${mostLabels} that a mask can hold`);
}

/** Checks the size that a file states for an image, as far as it does. @throws Error where the image has another one */
export function checkStatedSize(stated: Partial<Size>, { width, height }: Size): void {
  if ((stated.width ?? width) === width && (stated.height ?? height) === height) return;
  throw new Error(
    `its labels are of ${stated.width ?? '?'}×${stated.height ?? '?'} pixels, the image has ${width}×${height}`,
  );
}

/** A width or a height as other programs' files state it; undefined for what is none, such as null or 0. */
export function statedLength(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

/** An object of JSON; undefined for any other value. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The name of a label, which other programs' files have as a text or a number; undefined where there is none. */
export function labelName(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim().slice(0, maxNameLength) : undefined;
}
