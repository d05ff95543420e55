import { existsSync } from 'node:fs';
import path from 'node:path';
import { isImageName, isOwnOutput } from '../../../../../mask/files/fileNames';
import { ignoreLabel, classIndex, type ClassList } from './classList';
import { dataLimits } from './dataLimits';
import type { Layout, PairedFiles } from './layout';
import { imageOfMask } from './namedMask';
import { endingKeys, imageKeys, pairFiles } from './pairFiles';
import { decodeLabelImage, valueTable, type ValueTable } from './valueLabels';

/** CamVid's 32 classes by colour, gathered into the 11 of its evaluation; void, black, is none. */
const groups: Readonly<Record<string, readonly number[]>> = {
  Sky: [0x808080],
  Building: [0x800000, 0x40c000, 0x008040, 0x400040, 0xc00080], // building, wall, bridge, tunnel, archway
  Pole: [0xc0c080, 0x000040], // column or pole, traffic cone
  Road: [0x804080, 0x8000c0, 0xc00040], // road, lane markings to drive on and not to
  Pavement: [0x0000c0, 0x40c080, 0x8080c0], // sidewalk, parking block, road shoulder
  Tree: [0x808000, 0xc0c000], // tree, other vegetation
  SignSymbol: [0xc08080, 0x808040, 0x004040], // sign, other text, traffic light
  Fence: [0x404080],
  Car: [0x400080, 0x4080c0, 0xc080c0, 0xc04080, 0x804040], // car, SUV or pickup, truck or bus, train, other moving
  Pedestrian: [0x404000, 0xc08040, 0x4000c0, 0x408040], // pedestrian, child, cart or pram, animal
  Bicyclist: [0x0080c0, 0xc000c0], // bicyclist, motorcycle or scooter
};

const [stills, approved] = ['701_StillsRaw_full', 'LabeledApproved_full'];

/** The keys of masks of Labelless. */
export const maskKeys = endingKeys(/\.mask\.png$/i);
/** Labels are PNG files and masks of Labelless, but none of its other pictures. */
const labelKeys: typeof maskKeys = name => (isOwnOutput(name) ? maskKeys(name) : endingKeys(/\.png$/i)(name));

/** Pairs images with labels; of a label that fits several, its sidecar names the image. @throws FolderError */
export function pairImages(images: string, labels: string, keys: typeof maskKeys): Promise<PairedFiles> {
  return pairFiles({ folder: images, keys: imageKeys }, { folder: labels, keys }, file =>
    imageOfMask(file, dataLimits),
  );
}

/**
 * The layout of CamVid (Brostow et al., PRL 2009) in either of its forms: the original, `701_StillsRaw_full/NAME.png`
 * with colour labels `LabeledApproved_full/NAME_L.png`, or SegNet's, `train/NAME.png` with values in
 * `trainannot/NAME.png`, and `val` alike.
 */
export const camvid: Layout = {
  builtIn: 'camvid11',
  paths: ({ images, labels }, root, role) => {
    const named = images ?? (existsSync(path.join(root, stills)) ? stills : role === 'source' ? 'train' : 'val');
    return {
      images: named,
      labels:
        labels ?? (named.includes(stills) ? named.replace(stills, approved) : `${named.replace(/\/+$/, '')}annot`),
    };
  },
  list: (images, labels) => pairImages(images, labels, endingKeys(/(?:_L|\.mask)?\.png$/i)),
  decode: ({ label: { file } }, classes, limits) => decodeLabelImage(file, classes, limits, camvidTable(classes)),
};

function camvidTable(classes: ClassList): ValueTable {
  const table = valueTable(classes);
  if (!classes.builtIn) return table;
  const known = Object.entries(groups).flatMap(([name, colours]) =>
    colours.map(colour => [colour, classIndex(classes, name)!] as const),
  );
  return { ...table, colours: new Map([...(table.colours ?? []), ...known]) };
}

/**
 * The layout of Cityscapes (Cordts et al., CVPR 2016): `leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.png` and
 * `gtFine/SPLIT/CITY/NAME_gtFine_labelIds.png`. The source is its training split and the evaluation its validation
 * split, as the test split's labels are not public.
 */
export const cityscapes: Layout = {
  builtIn: 'cityscapes19',
  paths: ({ images, labels }, _root, role) => {
    const named = images ?? `leftImg8bit/${role === 'source' ? 'train' : 'val'}`;
    return { images: named, labels: labels ?? named.replace('leftImg8bit', 'gtFine') };
  },
  list: (images, labels) =>
    pairFiles(
      { folder: images, keys: name => (isImageName(name) ? endingKeys(/_leftImg8bit\.[^.]+$/)(name) : []) },
      { folder: labels, keys: endingKeys(/(?:_gt(?:Fine|Coarse)_labelIds|_leftImg8bit\.mask)\.png$/) },
    ),
  decode: ({ label: { file } }, classes, limits) => decodeLabelImage(file, classes, limits),
};

/**
 * The layout of GTA5 (Richter et al., ECCV 2016): `images` and `labels`, PNGs of the same names; palette indices are
 * label ids of Cityscapes.
 */
export const gta5: Layout = {
  builtIn: 'cityscapes19',
  paths: ({ images = 'images', labels = 'labels' }) => ({ images, labels }),
  list: (images, labels) => pairImages(images, labels, labelKeys),
  decode: ({ label: { file } }, classes, limits) => decodeLabelImage(file, classes, limits),
};

/** Names of SYNTHIA's class ids in Cityscapes. */
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
/** SYNTHIA's ids of void, parking, road work and lane markings, for which Cityscapes has no class that counts. */
const left = [0, 13, 14, 22];

/**
 * The layout of SYNTHIA-RAND-CITYSCAPES (Ros et al., CVPR 2016): `RGB` and `GT/LABELS`, PNGs of the same names. Labels
 * have 16 bits a channel: the first is the class, the second the instance.
 */
export const synthia: Layout = {
  builtIn: 'cityscapes19',
  paths: ({ images = 'RGB', labels = 'GT/LABELS' }) => ({ images, labels }),
  list: (images, labels) => pairImages(images, labels, labelKeys),
  decode: ({ label: { file } }, classes, limits) => decodeLabelImage(file, classes, limits, synthiaTable(classes), 0),
};

function synthiaTable(classes: ClassList): ValueTable {
  if (!classes.builtIn) return valueTable(classes);
  const known = Object.entries(names).map(([value, name]) => [Number(value), classIndex(classes, name)!] as const);
  return { values: new Map([...left.map(value => [value, ignoreLabel] as const), ...known]), colours: new Map() };
}

/**
 * The layout of two folders: `sub/photo.jpg` in the one has its labels in the other as `sub/photo.png`, or as the mask
 * `sub/photo.mask.png` that Labelless writes. In a single folder for both only masks are labels, or every PNG image
 * would be its own.
 */
export const folders: Layout = {
  paths: ({ images = 'images', labels = 'labels' }) => ({ images, labels }),
  list: (images, labels) => pairImages(images, labels, images === labels ? maskKeys : labelKeys),
  decode: ({ label: { file } }, classes, limits) => decodeLabelImage(file, classes, limits),
};
