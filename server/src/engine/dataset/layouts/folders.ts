import { isOwnOutput } from '../../../../../mask/files/fileNames';
import { endingKey, imageKey, pairFiles } from '../files';
import type { Layout } from '../layout';
import { decodeValues, tableOf } from '../valueLabels';

const masks = endingKey(/\.mask\.png$/i);
const labelFiles = endingKey(/\.png$/i);

/**
 * Two folders: `sub/photo.jpg` in the one has its labels in the other as `sub/photo.png`, or as the mask
 * `sub/photo.mask.png` that Labelless writes. In a single folder for both only masks are labels, or every PNG image
 * would be its own.
 */
export const folders: Layout = {
  places: ({ images = 'images', labels = 'labels' }) => ({ images, labels }),
  list: (images, labels) =>
    pairFiles(
      { folder: images, key: imageKey },
      {
        folder: labels,
        key: name => masks(name) ?? (images === labels || isOwnOutput(name) ? undefined : labelFiles(name)),
      },
    ),
  decode: ({ file }, classes, limits) => decodeValues(file, tableOf(classes), limits),
};
