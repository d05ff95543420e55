import * as z from 'zod';
import type { Rgb } from '../colours/colour';
import { fillPolygon, type Paint } from '../shapes/shapes';
import { fillRuns } from '../shapes/runLengths';

const channel = z.int().min(0).max(255);

/** The schema of COCO's annotation file (Lin et al., ECCV 2014), as far as masks need it. */
export const cocoFile = z.object({
  images: z.array(
    z.object({ id: z.int(), file_name: z.string(), width: z.int().positive(), height: z.int().positive() }),
  ),
  categories: z.array(
    z.object({
      id: z.int(),
      name: z.string(),
      color: z.tuple([channel, channel, channel]).optional().catch(undefined),
    }),
  ),
  // What is in a segmentation is looked at when its image is: a file may hold a million of them.
  annotations: z.array(z.object({ image_id: z.int(), category_id: z.int(), segmentation: z.unknown() })),
});
const segmentation = z.union([
  z.array(z.array(z.number())),
  z.object({ counts: z.union([z.string(), z.array(z.int().min(0))]), size: z.tuple([z.int(), z.int()]) }),
]);

/** The part of a COCO file that belongs to one image. */
export interface CocoPart {
  width: number;
  height: number;
  shapes: { name: string; colour?: Rgb; segmentation: unknown }[];
}

/**
 * Divides a COCO file into the parts of its images, by file name. @throws Error for an annotation of an unlisted
 * category
 */
export function cocoParts({ images, categories, annotations }: z.infer<typeof cocoFile>): Map<string, CocoPart> {
  const byCategory = new Map(categories.map(({ id, name, color }) => [id, { name, ...(color && { colour: color }) }]));
  const byId = new Map(images.map(({ id, width, height }): [number, CocoPart] => [id, { width, height, shapes: [] }]));
  for (const { image_id: image, category_id: category, segmentation: shape } of annotations) {
    const look = byCategory.get(category);
    if (!look)
      throw new Error(`an annotation of image ${image} has the category ${category}, which the file does not list`);
    byId.get(image)?.shapes.push({ ...look, segmentation: shape });
  }
  return new Map(images.map(({ id, file_name: name }) => [name, byId.get(id)!]));
}

/**
 * Fills the shape of an annotation. @throws Error for a shape that is neither polygons nor run lengths of the image's
 * size
 */
export function fillSegmentation(shape: unknown, width: number, height: number, paint: Paint): void {
  const { data } = segmentation.safeParse(shape);
  if (!data) throw new Error('a segmentation is neither a list of polygons nor run lengths');
  if (Array.isArray(data)) {
    for (const polygon of data) fillPolygon(polygon, width, height, paint);
    return;
  }
  if (data.size[0] !== height || data.size[1] !== width)
    throw new Error(`run lengths of ${data.size[1]}×${data.size[0]} pixels belong to an image of ${width}×${height}`);
  fillRuns(data.counts, width, height, paint);
}
