import path from 'node:path';
import type * as z from 'zod';
import { reasonOf } from '../../../../../mask/errors';
import { isImageName, isOwnOutput } from '../../../../../mask/files/fileNames';
import { matchImagePaths, pathParts } from '../../../../../mask/formats/imagePaths';
import { cocoFile, cocoParts, fillSegmentation, type CocoPart } from '../../../../../mask/formats/readCoco';
import { fillShape, labelmeFile } from '../../../../../mask/formats/readLabelme';
import { areaOf, largestFirst, type NamedShape, type Paint } from '../../../../../mask/shapes/shapes';
import { describeIssues } from '../../../../../mask/issueText';
import { ImageError } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';
import { backgroundIndex, classIndex, ignoreLabel, isIgnoredName, type ClassList } from './classList';
import { dataLimits } from './dataLimits';
import { filesBelow, readJson } from './datasetFiles';
import type { DecodedLabels, Layout, PairedFiles } from './layout';
import { endingKeys, imageKeys, pairFiles } from './pairFiles';

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
  const background = backgroundIndex(classes);
  const map = new Uint8Array(width * height).fill(background ?? ignoreLabel);
  const unknown = new Map<string, number>();
  for (const shape of order === 'given' ? shapes : largestFirst(shapes)) {
    const { name, fill } = shape;
    const index = classIndex(classes, name);
    fill((from, to) => {
      map.fill(index ?? ignoreLabel, from, to);
    });
    if (index === undefined && !isIgnoredName(name)) unknown.set(name, (unknown.get(name) ?? 0) + areaOf(shape));
  }
  return { width, height, classes: map, unknown, named: true };
}

/**
 * The layout of LabelMe (Wada's program): a JSON file beside each image, or of the same name in a folder of labels,
 * with shapes by class name.
 */
export const labelme: Layout = {
  paths: ({ images = '.', labels }) => ({ images, labels: labels ?? images }),
  list: (images, labels) =>
    pairFiles(
      { folder: images, keys: imageKeys },
      { folder: labels, keys: name => (isOwnOutput(name) ? [] : jsonKeys(name)) },
      imageOfLabelme,
    ),
  decode: async ({ label: { file } }, classes, limits) => {
    const {
      shapes,
      imageWidth: width,
      imageHeight: height,
    } = checked(file, await readJson(file, limits.fileSize), labelmeFile);
    const drawn = shapes.map((shape): NamedShape => ({
      name: shape.label,
      fill: paint => {
        fillShape(shape, width, height, paint);
      },
    }));
    try {
      return drawShapes(drawn, { width, height, order: 'given' }, classes, limits);
    } catch (error) {
      throw new ImageError(file, reasonOf(error));
    }
  },
};

const jsonKeys = endingKeys(/\.json$/i);

/** Names the image that a LabelMe file says it is of, without folders. */
async function imageOfLabelme(file: string): Promise<string | undefined> {
  const content = await readJson(file, dataLimits.fileSize).catch(() => undefined);
  const name = (content as { imagePath?: unknown } | null | undefined)?.imagePath;
  return typeof name === 'string' ? pathParts(name).at(-1) : undefined;
}

/** The largest annotation file, in megabytes: a JavaScript string holds no more. COCO's own largest has 448. */
const largest = 500;

/**
 * The layout of COCO (Lin et al., ECCV 2014): a folder of images, and an annotation file with polygons and run lengths
 * by category name.
 */
export const coco: Layout = {
  paths: ({ images = 'images', labels = 'annotations.json' }) => ({ images, labels }),
  list: async (images, labels): Promise<PairedFiles> => {
    const files = (await filesBelow(images, isImageName)).map(relative => ({
      relative,
      file: path.join(images, relative),
    }));
    const parts = await partsIn(labels);
    const { namesOf, ambiguous, unknown } = matchImagePaths(files, parts.keys());
    return {
      pairs: files.flatMap(({ file }) => {
        const [name] = namesOf.get(file) ?? [];
        return name === undefined ? [] : [{ image: file, label: { file: labels, part: parts.get(name) } }];
      }),
      imagesWithoutLabels: files.flatMap(({ file }) => (namesOf.has(file) ? [] : [file])),
      labelsWithoutImage: [...unknown].sort().map(name => path.join(images, name)),
      undecidedLabels: [...ambiguous].sort().map(name => path.join(images, name)),
    };
  },
  decode: ({ label: { file: annotations, part } }, classes, limits) => {
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
      return Promise.reject(new ImageError(annotations, reasonOf(error)));
    }
  },
};

async function partsIn(labels: string): Promise<Map<string, CocoPart>> {
  const annotations = checked(labels, await readJson(labels, largest), cocoFile);
  try {
    return cocoParts(annotations);
  } catch (error) {
    throw new ImageError(labels, reasonOf(error));
  }
}

function checked<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
  const { data, error } = schema.safeParse(value);
  if (error) throw new ImageError(file, describeIssues(error.issues, value)[0]!);
  return data;
}
