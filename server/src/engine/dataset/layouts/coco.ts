import path from 'node:path';
import { z } from 'zod';
import { isImageName } from '../../../../../mask/naming';
import { ImageError } from '../../image/error';
import { fillPolygon, type Paint } from '../../shapes/polygon';
import { fillRuns } from '../../shapes/runLengths';
import { filesBelow } from '../files';
import { readJson } from '../json';
import type { Layout, Pairs } from '../layout';
import { drawShapes } from '../shapeLabels';

const file = z.object({
  images: z.array(z.object({ id: z.int(), file_name: z.string(), width: z.int().positive(), height: z.int().positive() })),
  categories: z.array(z.object({ id: z.int(), name: z.string() })),
  // What is in a segmentation is looked at when its image is: a file may hold a million of them.
  annotations: z.array(z.object({ image_id: z.int(), category_id: z.int(), segmentation: z.unknown() })),
});
const segmentation = z.union([
  z.array(z.array(z.number())),
  z.object({ counts: z.union([z.string(), z.array(z.int().min(0))]), size: z.tuple([z.int(), z.int()]) }),
]);

/** An image's share of the annotation file. */
interface Part { width: number; height: number; shapes: { name: string; segmentation: unknown }[] }

/** Megabytes of an annotation file: a JavaScript string holds no more. COCO's own largest has 448. */
const largest = 500;

/** COCO (Lin et al., ECCV 2014): a folder of images, and an annotation file with polygons and run lengths by category name. */
export const coco: Layout = {
  places: ({ images = 'images', labels = 'annotations.json' }) => ({ images, labels }),
  list: async (images, labels): Promise<Pairs> => {
    const files = await filesBelow(images, isImageName);
    const parts = partsOf(await readJson(labels, file, largest), labels);
    const here = new Set(files);
    const at = (relative: string) => path.join(images, relative);
    return {
      pairs: files.flatMap(name => parts.has(name) ? [{ image: at(name), label: { file: labels, part: parts.get(name) } }] : []),
      imagesWithoutLabels: files.filter(name => !parts.has(name)).map(at),
      labelsWithoutImage: [...parts.keys()].filter(name => !here.has(name)).sort().map(at),
    };
  },
  decode: ({ file: annotations, part }, classes, limits) => {
    const { width, height, shapes } = part as Part;
    try {
      const drawn = shapes.map(({ name, segmentation: shape }) => ({ name, fill: (paint: Paint) => { fillSegmentation(shape, width, height, paint); } }));
      // Where objects overlap, the smaller lies before the larger: a cup, and the table it stands on.
      return Promise.resolve(drawShapes(drawn, { width, height, order: 'largest first' }, classes, limits));
    } catch (error) {
      return Promise.reject(new ImageError(annotations, (error as Error).message));
    }
  },
};

function partsOf({ images, categories, annotations }: z.infer<typeof file>, labels: string): Map<string, Part> {
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const byId = new Map(images.map(({ id, width, height }): [number, Part] => [id, { width, height, shapes: [] }]));
  for (const { image_id: image, category_id: category, segmentation: shape } of annotations) {
    const name = names.get(category);
    if (name === undefined) throw new ImageError(labels, `an annotation of image ${image} has the category ${category}, which the file does not list`);
    byId.get(image)?.shapes.push({ name, segmentation: shape });
  }
  return new Map(images.map(({ id, file_name: name }) => [name, byId.get(id)!]));
}

function fillSegmentation(shape: unknown, width: number, height: number, paint: Paint): void {
  const { data } = segmentation.safeParse(shape);
  if (!data) throw new Error('a segmentation is neither a list of polygons nor run lengths');
  if (Array.isArray(data)) {
    for (const polygon of data) fillPolygon(polygon, width, height, paint);
    return;
  }
  if (data.size[0] !== height || data.size[1] !== width) throw new Error(`run lengths of ${data.size[1]}×${data.size[0]} pixels belong to an image of ${width}×${height}`);
  fillRuns(data.counts, width, height, paint);
}
