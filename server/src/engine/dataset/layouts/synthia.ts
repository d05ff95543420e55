import { ignoreLabel } from '../../adaptation/labels';
import { classNamed, type ClassList } from '../classes';
import { endingKey, imageKey, pairFiles } from '../files';
import type { Layout } from '../layout';
import { decodeValues, tableOf, type ValueTable } from '../valueLabels';

/** What SYNTHIA's class ids are called in Cityscapes. */
const names: Readonly<Record<number, string>> = {
  1: 'sky',
  2: 'building',
  3: 'road',
  4: 'sidewalk',
  5: 'fence',
  6: 'vegetation',
  7: 'pole',
  8: 'car',
  9: 'traffic sign',
  10: 'person',
  11: 'bicycle',
  12: 'motorcycle',
  15: 'traffic light',
  16: 'terrain',
  17: 'rider',
  18: 'truck',
  19: 'bus',
  20: 'train',
  21: 'wall',
};
/** Void, parking, road work and lane markings: Cityscapes has no class for them that counts. */
const left = [0, 13, 14, 22];

/**
 * SYNTHIA-RAND-CITYSCAPES (Ros et al., CVPR 2016): `RGB` and `GT/LABELS`, PNGs of the same names. Labels have 16 bits a
 * channel: the first is the class, the second the instance.
 */
export const synthia: Layout = {
  builtIn: 'cityscapes19',
  places: ({ images = 'RGB', labels = 'GT/LABELS' }) => ({ images, labels }),
  list: (images, labels) => pairFiles({ folder: images, key: imageKey }, { folder: labels, key: endingKey(/\.png$/i) }),
  decode: ({ file }, classes, limits) => decodeValues(file, synthiaTable(classes), limits, 0),
};

function synthiaTable(classes: ClassList): ValueTable {
  if (!classes.builtIn) return tableOf(classes);
  const known = Object.entries(names).map(([value, name]) => [Number(value), classNamed(classes, name)!] as const);
  return { values: new Map([...left.map(value => [value, ignoreLabel] as const), ...known]), colours: new Map() };
}
