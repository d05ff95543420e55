import { labelmeFile, fillShape } from '../../../../../mask/formats/readLabelme';
import { isOwnOutput } from '../../../../../mask/files/fileNames';
import type { NamedShape } from '../../../../../mask/shapes/shapes';
import { ImageError } from '../../image/error';
import { endingKey, imageKey, pairFiles } from '../files';
import { readJson } from '../json';
import type { Layout } from '../layout';
import { drawShapes } from '../shapeLabels';

/**
 * LabelMe (Wada's program): a JSON file beside each image, or of the same name in a folder of labels, with shapes by
 * class name.
 */
export const labelme: Layout = {
  places: ({ images = '.', labels }) => ({ images, labels: labels ?? images }),
  list: (images, labels) =>
    pairFiles(
      { folder: images, key: imageKey },
      { folder: labels, key: name => (isOwnOutput(name) ? undefined : jsonKey(name)) },
    ),
  decode: async ({ file }, classes, limits) => {
    const { shapes, imageWidth: width, imageHeight: height } = await readJson(file, labelmeFile, limits.fileSize);
    const drawn = shapes.map((one): NamedShape => ({
      name: one.label,
      fill: paint => {
        fillShape(one, width, height, paint);
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
