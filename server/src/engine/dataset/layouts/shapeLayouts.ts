import path from 'node:path';
import { cocoFile, cocoParts, fillSegmentation, type CocoPart } from '../../../../../mask/formats/readCoco';
import { labelmeFile, fillShape } from '../../../../../mask/formats/readLabelme';
import { isOwnOutput, isImageName } from '../../../../../mask/files/fileNames';
import { areaOf, backgroundNames, largestFirst, type NamedShape, type Paint } from '../../../../../mask/shapes/shapes';
import { ignoreLabel, classIndex, type ClassList } from './classList';
import { ImageError } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';
import { endingKey, imageKey, pairFiles, readJson, filesBelow } from './datasetFiles';
import type { DecodedLabels, Layout, PairedFiles } from './layout';

/** Names that labelling tools give the class of pixels that are to be left out. */
const ignored = ['ignore', '__ignore__', 'void', 'unlabelled', 'unlabeled'];

/**
 * Draws shapes one over the other, in their order or the largest first. What none covers is the class called
 * `background`, where there is one, or does not count.
 * @throws Error for sizes that are none, or above the limit, and for shapes that cannot be drawn
 */
export function drawShapes(
  shapes: readonly NamedShape[],
  { width, height, order }: { width: number; height: number; order: 'given' | 'largest first' },
  classes: ClassList,
  limits: ImageLimits,
): DecodedLabels {
  if (!(width * height <= limits.megapixels * 1e6))
    throw new Error(`its labels claim ${width}×${height} pixels, above the limit of ${limits.megapixels} megapixels`);
  const background = backgroundNames.map(name => classIndex(classes, name)).find(index => index !== undefined);
  const map = new Uint8Array(width * height).fill(background ?? ignoreLabel);
  const unknown = new Map<string, number>();
  for (const shape of order === 'given' ? shapes : largestFirst(shapes)) {
    const { name, fill } = shape;
    const index = classIndex(classes, name);
    fill((from, to) => {
      map.fill(index ?? ignoreLabel, from, to);
    });
    if (index === undefined && !ignored.includes(name.toLowerCase()))
      unknown.set(name, (unknown.get(name) ?? 0) + areaOf(shape));
  }
  return { width, height, classes: map, unknown };
}

/**
 * The layout of LabelMe (Wada's program): a JSON file beside each image, or of the same name in a folder of labels,
 * with shapes by class name.
 */
export const labelme: Layout = {
  paths: ({ images = '.', labels }) => ({ images, labels: labels ?? images }),
  list: (images, labels) =>
    pairFiles(
      { folder: images, key: imageKey },
      { folder: labels, key: name => (isOwnOutput(name) ? undefined : jsonKey(name)) },
    ),
  decode: async ({ file }, classes, limits) => {
    const { shapes, imageWidth: width, imageHeight: height } = await readJson(file, labelmeFile, limits.fileSize);
    const drawn = shapes.map((shape): NamedShape => ({
      name: shape.label,
      fill: paint => {
        fillShape(shape, width, height, paint);
      },
    }));
    try {
      return drawShapes(drawn, { width, height, order: 'given' }, classes, limits);
    } catch (error) {
      throw new ImageError(file, (error as Error).message);
    }
  },
};

const jsonKey = endingKey(/\.json$/i);

/** The largest annotation file, in megabytes: a JavaScript string holds no more. COCO's own largest has 448. */
const largest = 500;

/**
 * The layout of COCO (Lin et al., ECCV 2014): a folder of images, and an annotation file with polygons and run lengths
 * by category name.
 */
export const coco: Layout = {
  paths: ({ images = 'images', labels = 'annotations.json' }) => ({ images, labels }),
  list: async (images, labels): Promise<PairedFiles> => {
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
