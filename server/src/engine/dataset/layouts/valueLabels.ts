import { ImageError } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';
import { ignoreLabel, type ClassList } from './classList';
import { readLabelImage } from '../../image/labelImage';
import type { DecodedLabels } from './layout';

/**
 * Class indices, or 255, by value and by colour (0xrrggbb) of a label image. Values and colours in neither map are
 * unknown.
 */
export interface ValueTable {
  readonly values: ReadonlyMap<number, number>;
  readonly colours: ReadonlyMap<number, number>;
}

/** The number of unknown values that are counted one by one: a photo in the place of labels has a million. */
const mostUnknown = 256;

/** Makes the table of values and colours from a list of classes. Black is no class in published colour labels. */
export function valueTable({ definitions, ignored }: ClassList): ValueTable {
  const classes = definitions.flatMap(({ values }, index) => values.map(value => [value, index] as const));
  const colours = definitions.map(({ colour }, index) => [Number.parseInt(colour.slice(1), 16), index] as const);
  return {
    values: new Map([...[...ignored].map(value => [value, ignoreLabel] as const), ...classes]),
    colours: new Map([[0, ignoreLabel], ...colours]),
  };
}

/**
 * Reads a label PNG: a picture of colours by its colours, any other by its values.
 * @param valueChannel the channel of a colour picture that holds values, where one does
 * @throws ImageError
 */
export async function decodeValueLabels(
  file: string,
  { values, colours }: ValueTable,
  limits: ImageLimits,
  valueChannel?: number,
): Promise<DecodedLabels> {
  const { width, height, channels, data } = await readLabelImage(file, limits);
  const byColour = channels === 3 && valueChannel === undefined;
  if (byColour && data instanceof Uint16Array)
    throw new ImageError(file, 'it has colours of 16 bits, which are no labels: expected values, or colours of 8 bits');
  const table = byColour ? colours : values;
  const offset = channels === 3 ? (valueChannel ?? 0) : 0;
  const classes = new Uint8Array(width * height);
  const unknown = new Map<string, number>();
  // Labels come in runs: what the last pixel's value meant is asked first.
  let [last, meaning] = [-1, 0];
  for (let p = 0, from = offset; p < classes.length; p++, from += channels) {
    const value = byColour ? (data[from]! << 16) | (data[from + 1]! << 8) | data[from + 2]! : data[from]!;
    if (value !== last) [last, meaning] = [value, table.get(value) ?? -1];
    classes[p] = meaning < 0 ? ignoreLabel : meaning;
    if (meaning < 0) countUnknown(unknown, byColour ? `#${value.toString(16).padStart(6, '0')}` : String(value));
  }
  return { width, height, classes, unknown };
}

function countUnknown(unknown: Map<string, number>, name: string): void {
  const known = unknown.has(name) || unknown.size < mostUnknown ? name : 'others';
  unknown.set(known, (unknown.get(known) ?? 0) + 1);
}
