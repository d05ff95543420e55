import { ImageError } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';
import { readLabelImage } from '../../image/labelImage';
import { backgroundIndex, classIndex, ignoreLabel, isIgnoredName, type ClassList } from './classList';
import type { DecodedLabels } from './layout';
import { readNamedMask, type NamedMask } from './namedMask';

/**
 * Class indices, or 255, by value and by colour (0xrrggbb) of a label image. Values and colours in neither map are
 * unknown.
 */
export interface ValueTable {
  readonly values: ReadonlyMap<number, number>;
  /** Absent where the classes have names alone. */
  readonly colours?: ReadonlyMap<number, number>;
}

/** The number of unknown values that are counted one by one: a photo in the place of labels has a million. */
const mostUnknown = 256;

/** Makes the table of values and colours from a list of classes. Black is no class in published colour labels. */
export function valueTable({ definitions, ignored, namesAlone }: ClassList): ValueTable {
  const classes = definitions.flatMap(({ values }, index) => values.map(value => [value, index] as const));
  const colours = definitions.map(({ colour }, index) => [Number.parseInt(colour.slice(1), 16), index] as const);
  return {
    values: new Map([...[...ignored].map(value => [value, ignoreLabel] as const), ...classes]),
    ...(!namesAlone && { colours: new Map([[0, ignoreLabel], ...colours]) }),
  };
}

/**
 * Reads a label PNG: a mask of Labelless by the names of its labels, a picture of colours by its colours, any other by
 * its values.
 * @param table the values and colours of the classes; default: the list's own
 * @param valueChannel the channel of a colour picture that holds values, where one does
 * @throws ImageError
 */
export async function decodeLabelImage(
  file: string,
  classes: ClassList,
  limits: ImageLimits,
  table: ValueTable = valueTable(classes),
  valueChannel?: number,
): Promise<DecodedLabels> {
  const mask = await readNamedMask(file, limits);
  return mask ? namedLabels(mask, classes, table) : decodeValues(file, table, limits, valueChannel);
}

/** Translates a mask by the names of its labels. Labels without a name, whose value means nothing, are unknown. */
function namedLabels(mask: NamedMask, classes: ClassList, { values }: ValueTable): DecodedLabels {
  const { width, height, labels, names, keepsValues } = mask;
  const areas = new Uint32Array(65536);
  for (const value of labels) areas[value]!++;
  const meaning = new Uint8Array(65536).fill(ignoreLabel);
  const unknown = new Map<string, number>();
  const left = new Map<number, number>();
  for (const [value, area] of areas.entries()) {
    if (area === 0) continue;
    const name = names.get(value);
    const index =
      name !== undefined
        ? classIndex(classes, name)
        : keepsValues
          ? values.get(value)
          : value === 0
            ? (backgroundIndex(classes) ?? ignoreLabel)
            : undefined;
    if (index !== undefined) meaning[value] = index;
    else if (name === undefined || !isIgnoredName(name))
      countUnknown(unknown, name ?? (keepsValues ? String(value) : ''), area);
    if (index === ignoreLabel && value !== 0) left.set(value, area);
  }
  return { width, height, classes: Uint8Array.from(labels, value => meaning[value]!), unknown, left, named: true };
}

async function decodeValues(
  file: string,
  { values, colours }: ValueTable,
  limits: ImageLimits,
  valueChannel?: number,
): Promise<DecodedLabels> {
  const { width, height, channels, data } = await readLabelImage(file, limits);
  const byColour = channels === 3 && valueChannel === undefined;
  if (byColour && data instanceof Uint16Array)
    throw new ImageError(file, 'it has colours of 16 bits, which are no labels: expected values, or colours of 8 bits');
  if (byColour && !colours)
    throw new ImageError(
      file,
      'it is a picture of colours, and the classes have names alone: save a value a pixel, ' +
        'or name an experiment file, whose classes have colours',
    );
  const table = (byColour ? colours : undefined) ?? values;
  const offset = channels === 3 ? (valueChannel ?? 0) : 0;
  const classes = new Uint8Array(width * height);
  const unknown = new Map<string, number>();
  const left = new Map<number, number>();
  const valueAt = (from: number) =>
    byColour ? (data[from]! << 16) | (data[from + 1]! << 8) | data[from + 2]! : data[from]!;
  // Labels come in runs, which are looked up and counted once.
  for (let start = 0, end = 0; start < classes.length; start = end) {
    const value = valueAt(start * channels + offset);
    do end++;
    while (end < classes.length && valueAt(end * channels + offset) === value);
    const meaning = table.get(value);
    classes.fill(meaning ?? ignoreLabel, start, end);
    if (meaning === undefined)
      countUnknown(unknown, byColour ? `#${value.toString(16).padStart(6, '0')}` : String(value), end - start);
    else if (meaning === ignoreLabel && !byColour) left.set(value, (left.get(value) ?? 0) + end - start);
  }
  return { width, height, classes, unknown, left, ...(byColour && { isOfColours: true }) };
}

function countUnknown(unknown: Map<string, number>, name: string, pixels: number): void {
  const known = unknown.has(name) || unknown.size < mostUnknown ? name : 'others';
  unknown.set(known, (unknown.get(known) ?? 0) + pixels);
}
