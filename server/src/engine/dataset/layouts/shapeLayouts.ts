import path from 'node:path';
import { reasonOf } from '../../../../../mask/errors';
import { isImageName, isOwnOutput } from '../../../../../mask/files/fileNames';
import { cocoLabels } from '../../../../../mask/formats/cocoLabels';
import type { ForeignLabels, Size } from '../../../../../mask/formats/foreignLabels';
import { matchImagePaths, pathParts } from '../../../../../mask/formats/imagePaths';
import type { CocoPart } from '../../../../../mask/formats/readCoco';
import { labelmeLabels, readLabelme } from '../../../../../mask/formats/readLabelme';
import { ImageError } from '../../image/imageError';
import { readImageHeader, type ImageLimits } from '../../image/imageHeader';
import { readAnnotationFile } from './annotationFile';
import { backgroundIndex, classIndex, ignoreLabel, isIgnoredName, type ClassList } from './classList';
import { dataLimits } from './dataLimits';
import { filesBelow, readJson } from './datasetFiles';
import type { DecodedLabels, Layout, PairedFiles } from './layout';
import { endingKeys, imageKeys, pairFiles } from './pairFiles';

/**
 * Draws shapes one over the other, in their order. What none covers is the class called `background`, where there is
 * one, or does not count.
 * @throws DrawingBudgetError for shapes that take too much work
 */
function drawShapes({ shapes, leftOut }: ForeignLabels, { width, height }: Size, classes: ClassList): DecodedLabels {
  const background = backgroundIndex(classes);
  const map = new Uint8Array(width * height).fill(background ?? ignoreLabel);
  const unknown = new Map<string, number>();
  for (const { name, fill } of shapes) {
    const index = classIndex(classes, name);
    let area = 0;
    fill((from, to) => {
      map.fill(index ?? ignoreLabel, from, to);
      area += to - from;
    });
    if (index === undefined && !isIgnoredName(name)) unknown.set(name, (unknown.get(name) ?? 0) + area);
  }
  return { width, height, classes: map, unknown, named: true, ...(leftOut.length > 0 && { faults: leftOut }) };
}

/**
 * The size that a label file states for its image; where it states none, the image's own, on which labelling programs
 * draw.
 * @throws ImageError for an image that cannot be read; Error for a size above the limit
 */
async function sizeOf({ width, height }: Partial<Size>, image: string, limits: ImageLimits): Promise<Size> {
  if (width === undefined || height === undefined) return readImageHeader(image, limits);
  if (width * height <= limits.megapixels * 1e6) return { width, height };
  throw new Error(`its labels claim ${width}×${height} pixels, above the limit of ${limits.megapixels} megapixels`);
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
  decode: async ({ image, label: { file } }, classes, limits) => {
    const content = await readJson(file, limits.fileSize);
    try {
      const labels = readLabelme(content);
      const size = await sizeOf(labels, image, limits);
      return drawShapes(labelmeLabels(labels, size), size, classes);
    } catch (error) {
      throw withFile(file, error);
    }
  },
};

function withFile(file: string, error: unknown): ImageError {
  return error instanceof ImageError ? error : new ImageError(file, reasonOf(error));
}

const jsonKeys = endingKeys(/\.json$/i);

/** Names the image that a LabelMe file says it is of, without folders. */
async function imageOfLabelme(file: string): Promise<string | undefined> {
  const content = await readJson(file, dataLimits.fileSize).catch(() => undefined);
  const name = (content as { imagePath?: unknown } | null | undefined)?.imagePath;
  return typeof name === 'string' ? pathParts(name).at(-1) : undefined;
}

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
    const { parts, leftOut } = await readAnnotationFile(labels);
    const { namesOf, ambiguous, unknown } = matchImagePaths(files, parts.keys());
    return {
      pairs: files.flatMap(({ file }) => {
        const [name] = namesOf.get(file) ?? [];
        return name === undefined ? [] : [{ image: file, label: { file: labels, part: parts.get(name) } }];
      }),
      imagesWithoutLabels: files.flatMap(({ file }) => (namesOf.has(file) ? [] : [file])),
      labelsWithoutImage: [...unknown].sort().map(name => path.join(images, name)),
      undecidedLabels: [...ambiguous].sort().map(name => path.join(images, name)),
      faults: leftOut.map(reason => ({ file: labels, reason })),
    };
  },
  decode: async ({ image, label: { file, part } }, classes, limits) => {
    try {
      const size = await sizeOf(part as CocoPart, image, limits);
      return drawShapes(cocoLabels(part as CocoPart, size), size, classes);
    } catch (error) {
      throw withFile(file, error);
    }
  },
};
