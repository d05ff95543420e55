import type * as z from 'zod';
import { maxRegions } from '../regions';
import { toHex } from '../colour';
import { isBackground, largestFirst, type NamedShape } from '../shapes/named';
import type { Paint } from '../shapes/polygon';
import { cocoFile, cocoParts, fillSegmentation } from './coco';
import { fillShape, labelmeFile } from './labelme';

/** A shape of a label. Shapes of one group are one label. */
export interface LabelShape extends NamedShape {
  readonly group: string | number;
  /** `#rrggbb` */
  readonly colour?: string;
}

/** Labels of an image as another program's file has them; later shapes lie over earlier ones. */
export interface ForeignLabels {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly LabelShape[];
}

/**
 * Reads LabelMe's file of an image, or an image's part of a COCO annotation file. Shapes are looked at when they are
 * filled.
 * @param file parsed JSON
 * @param image file name of the image
 * @throws Error that says what is wrong with the file
 */
export function readLabels(file: unknown, image: string): ForeignLabels {
  const has = (key: string) => typeof file === 'object' && file !== null && key in file;
  if (has('shapes')) return fromLabelme(checked(labelmeFile, file));
  if (has('annotations')) return fromCoco(checked(cocoFile, file), image);
  throw new Error('it is neither a file of LabelMe nor COCO annotations');
}

function checked<T>(schema: z.ZodType<T>, file: unknown): T {
  const { data, error } = schema.safeParse(file);
  if (error) throw new Error(`${error.issues[0].path.join('.')}: ${error.issues[0].message}`);
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
  if (parts.length !== 1)
    throw new Error(
      parts.length === 0 ? `it lists no image called ${image}` : `it lists ${parts.length} images called ${image}`,
    );
  const [[, { width, height, shapes }]] = parts;
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
