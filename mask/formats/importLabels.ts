import type * as z from 'zod';
import { toHex } from '../colours/colour';
import { maxNameLength, type ClassInfo } from '../classes';
import type { MaskDocument } from '../document/maskDocument';
import { background, tidyProperties, type MaskState } from '../document/maskState';
import { StateBuilder } from '../document/stateBuilder';
import { runsByValue } from '../regions/pixelRuns';
import { maxRegions } from '../regions/regionMap';
import { isBackground, largestFirst, type NamedShape, type Paint } from '../shapes/shapes';
import { cocoFile, cocoParts, fillSegmentation } from './readCoco';
import { fillShape, labelmeFile } from './readLabelme';

/** A shape of a label. Shapes of one group belong to one label. */
export interface LabelShape extends NamedShape {
  readonly group: string | number;
  /** `#rrggbb` */
  readonly colour?: string;
}

/** The labels of an image in another program's file; later shapes lie over earlier ones. */
export interface ForeignLabels {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly LabelShape[];
}

/**
 * Reads the labels of an image from a file of LabelMe, or from a COCO annotation file. Shapes are checked when they are
 * filled.
 * @param file parsed JSON
 * @param image file name of the image
 * @throws Error with the reason why the file cannot be used
 */
export function readLabels(file: unknown, image: string): ForeignLabels {
  const has = (key: string) => typeof file === 'object' && file !== null && key in file;
  if (has('shapes')) return fromLabelme(checked(labelmeFile, file));
  if (has('annotations')) return fromCoco(checked(cocoFile, file), image);
  throw new Error('it is neither a file of LabelMe nor COCO annotations');
}

function checked<T>(schema: z.ZodType<T>, file: unknown): T {
  const { data, error } = schema.safeParse(file);
  if (error) {
    const { path, message } = error.issues[0]!;
    throw new Error(`${path.join('.')}: ${message}`);
  }
  return data;
}

function fromLabelme({ shapes, imageWidth: width, imageHeight: height }: z.infer<typeof labelmeFile>): ForeignLabels {
  return checkCount({
    width,
    height,
    shapes: shapes.map((shape, index): LabelShape => ({
      name: shape.label,
      group: typeof shape.group_id === 'number' ? `${shape.group_id} ${shape.label}` : index,
      fill: paint => {
        fillShape(shape, width, height, paint);
      },
    })),
  });
}

function fromCoco(file: z.infer<typeof cocoFile>, image: string): ForeignLabels {
  const parts = [...cocoParts(file)].filter(([name]) => name.split(/[\\/]/).at(-1) === image);
  const [part] = parts;
  if (!part || parts.length > 1)
    throw new Error(
      parts.length === 0 ? `it lists no image called ${image}` : `it lists ${parts.length} images called ${image}`,
    );
  const [, { width, height, shapes }] = part;
  const filled = shapes.map(({ name, colour, segmentation }, index): LabelShape => ({
    name,
    group: index,
    ...(colour && { colour: toHex(colour) }),
    fill: (paint: Paint) => {
      fillSegmentation(segmentation, width, height, paint);
    },
  }));
  return checkCount({ width, height, shapes: largestFirst(filled) });
}

function checkCount(labels: ForeignLabels): ForeignLabels {
  const count = new Set(labels.shapes.filter(({ name }) => !isBackground(name)).map(({ group }) => group)).size;
  if (count > maxRegions) throw new Error(`its ${count} labels are more than the ${maxRegions} that a mask can hold`);
  return labels;
}

/** Values of an import's map: pixels that no shape covers, pixels of the background, and pixels of the first label. */
const [untouched, erased, first] = [0, 1, 2];

/**
 * Lays another program's labels over a mask. Pixels that they do not cover stay, and so do locked labels.
 * @param names classes whose colours labels of their names get, unless the file gives them one
 * @returns null when nothing would change
 * @throws Error for labels of another size, or for shapes that cannot be filled
 */
export function importLabels(
  document: MaskDocument,
  { width, height, shapes }: ForeignLabels,
  names: readonly ClassInfo[],
): MaskState | null {
  if (width !== document.width || height !== document.height) {
    throw new Error(`its labels are of ${width}×${height} pixels, the image has ${document.width}×${document.height}`);
  }
  const builder = new StateBuilder(document);
  const map = new Uint16Array(width * height);
  const indices = new Map<string | number, number>();
  const targets: number[] = [];
  for (const { name, group, colour, fill } of shapes) {
    let index = isBackground(name) ? erased : indices.get(group);
    if (index === undefined) {
      indices.set(group, (index = first + targets.length));
      const shown = colour ?? names.find(one => one.name === name)?.colour;
      const title = name.trim().slice(0, maxNameLength);
      targets.push(
        builder.newRegion(
          undefined,
          tidyProperties({ name: title, ...(shown !== undefined && { colour: shown }) }) ?? undefined,
        ),
      );
    }
    const value = index;
    fill((from, to) => {
      map.fill(value, from, to);
    });
  }
  for (const [index, runs] of runsByValue(map, untouched))
    builder.givePixels(runs, index === erased ? background : targets[index - first]!);
  return builder.finish();
}
