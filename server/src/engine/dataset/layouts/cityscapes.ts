import { endingKey, pairFiles } from '../files';
import type { Layout } from '../layout';
import { decodeValues, tableOf } from '../valueLabels';

/**
 * Cityscapes (Cordts et al., CVPR 2016): `leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.png` and
 * `gtFine/SPLIT/CITY/NAME_gtFine_labelIds.png`. The source is its training split and the evaluation its validation
 * split, as the test split's labels are not public.
 */
export const cityscapes: Layout = {
  builtIn: 'cityscapes19',
  places: ({ images, labels }, _root, role) => {
    const named = images ?? `leftImg8bit/${role === 'source' ? 'train' : 'val'}`;
    return { images: named, labels: labels ?? named.replace('leftImg8bit', 'gtFine') };
  },
  list: (images, labels) =>
    pairFiles(
      { folder: images, key: endingKey(/_leftImg8bit\.(?:png|jpe?g|webp)$/) },
      { folder: labels, key: endingKey(/_gt(?:Fine|Coarse)_labelIds\.png$/) },
    ),
  decode: ({ file }, classes, limits) => decodeValues(file, tableOf(classes), limits),
};
