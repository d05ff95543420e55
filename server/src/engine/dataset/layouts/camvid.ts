import { existsSync } from 'node:fs';
import path from 'node:path';
import { classNamed, type ClassList } from '../classes';
import { endingKey, imageKey, pairFiles } from '../files';
import type { Layout } from '../layout';
import { decodeValues, tableOf, type ValueTable } from '../valueLabels';

/** CamVid's 32 classes by colour, as the 11 of its evaluation gather them; void, black, is none. */
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

/**
 * CamVid (Brostow et al., PRL 2009) in either of its forms: the original, `701_StillsRaw_full/NAME.png` with colour
 * labels `LabeledApproved_full/NAME_L.png`, or SegNet's, `train/NAME.png` with values in `trainannot/NAME.png`, and
 * `val` alike.
 */
export const camvid: Layout = {
  builtIn: 'camvid11',
  places: ({ images, labels }, root, role) => {
    const named = images ?? (existsSync(path.join(root, stills)) ? stills : role === 'source' ? 'train' : 'val');
    return {
      images: named,
      labels:
        labels ?? (named.includes(stills) ? named.replace(stills, approved) : `${named.replace(/\/+$/, '')}annot`),
    };
  },
  list: (images, labels) =>
    pairFiles({ folder: images, key: imageKey }, { folder: labels, key: endingKey(/(?:_L)?\.png$/i) }),
  decode: ({ file }, classes, limits) => decodeValues(file, camvidTable(classes), limits),
};

function camvidTable(classes: ClassList): ValueTable {
  const table = tableOf(classes);
  if (!classes.builtIn) return table;
  const known = Object.entries(groups).flatMap(([name, colours]) =>
    colours.map(colour => [colour, classNamed(classes, name)!] as const),
  );
  return { ...table, colours: new Map([...table.colours, ...known]) };
}
