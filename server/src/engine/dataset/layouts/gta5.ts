import { endingKey, imageKey, pairFiles } from '../files';
import type { Layout } from '../layout';
import { decodeValues, tableOf } from '../valueLabels';

/**
 * GTA5 (Richter et al., ECCV 2016): `images` and `labels`, PNGs of the same names; palette indices are label ids of
 * Cityscapes.
 */
export const gta5: Layout = {
  builtIn: 'cityscapes19',
  places: ({ images = 'images', labels = 'labels' }) => ({ images, labels }),
  list: (images, labels) => pairFiles({ folder: images, key: imageKey }, { folder: labels, key: endingKey(/\.png$/i) }),
  decode: ({ file }, classes, limits) => decodeValues(file, tableOf(classes), limits),
};
