import path from 'node:path';
import { cocoFile, cocoParts, fillSegmentation, type CocoPart } from '../../../../../mask/formats/readCoco';
import { isImageName } from '../../../../../mask/files/fileNames';
import type { Paint } from '../../../../../mask/shapes/shapes';
import { ImageError } from '../../image/error';
import { filesBelow } from '../files';
import { readJson } from '../json';
import type { Layout, Pairs } from '../layout';
import { drawShapes } from '../shapeLabels';

/** Megabytes of an annotation file: a JavaScript string holds no more. COCO's own largest has 448. */
const largest = 500;

/**
 * COCO (Lin et al., ECCV 2014): a folder of images, and an annotation file with polygons and run lengths by category
 * name.
 */
export const coco: Layout = {
  places: ({ images = 'images', labels = 'annotations.json' }) => ({ images, labels }),
  list: async (images, labels): Promise<Pairs> => {
    const files = await filesBelow(images, isImageName);
    const parts = await partsIn(labels);
    const here = new Set(files);
    const at = (relative: string) => path.join(images, relative);
    return {
      pairs: files.flatMap(name =>
        parts.has(name) ? [{ image: at(name), label: { file: labels, part: parts.get(name) } }] : [],
      ),
      imagesWithoutLabels: files.filter(name => !parts.has(name)).map(at),
      labelsWithoutImage: [...parts.keys()]
        .filter(name => !here.has(name))
        .sort()
        .map(at),
    };
  },
  decode: ({ file: annotations, part }, classes, limits) => {
    const { width, height, shapes } = part as CocoPart;
    try {
      const drawn = shapes.map(({ name, segmentation: shape }) => ({
        name,
        fill: (paint: Paint) => {
          fillSegmentation(shape, width, height, paint);
        },
      }));
      // Where objects overlap, the smaller lies before the larger: a cup, and the table it stands on.
      return Promise.resolve(drawShapes(drawn, { width, height, order: 'largest first' }, classes, limits));
    } catch (error) {
      return Promise.reject(new ImageError(annotations, (error as Error).message));
    }
  },
};

async function partsIn(labels: string): Promise<Map<string, CocoPart>> {
  const annotations = await readJson(labels, cocoFile, largest);
  try {
    return cocoParts(annotations);
  } catch (error) {
    throw new ImageError(labels, (error as Error).message);
  }
}
