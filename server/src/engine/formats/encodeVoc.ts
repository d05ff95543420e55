import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { fromHex, toHex } from '../../../../mask/colours/colour';
import { encodeMaskPng } from '../../../../mask/files/indexedPng';
import { extendClasses, listMark, type ListedClass, type EncodedFiles, type ExportSource } from './exportSource';
import type { LoadedImage } from '../image/loadImage';
import { counted } from '../common/counted';

/**
 * The largest number of classes: the values of a byte without 0 for background and 255 for pixels that do not count.
 */
const most = 254;
const jpegQuality = 95;
const background = 'background';

/**
 * Encodes a mask in the layout of Pascal VOC (Everingham et al., IJCV 2010): pictures as JPEG, classes and objects as
 * indexed PNG, a list of the images, and `labelmap.txt` with names and colours of the classes of all images of the
 * folder. An object is a label.
 * @param folder absolute path of what is written into
 * @param name of the folder in it for VOC
 * @throws Error for more classes than a byte can number
 */
export async function encodeVoc(
  source: ExportSource,
  stem: string,
  folder: string,
  name: string,
): Promise<EncodedFiles> {
  const { width, height, labels } = source;
  const lists = { classes: `${name}/labelmap.txt`, images: `${name}/ImageSets/Segmentation/trainval.txt` };
  const own = source
    .classes()
    .map(named => ({ ...named, listed: listedName(named.name) }))
    .filter(({ listed }) => listed !== background);
  const classes = await extendClasses(
    path.join(folder, lists.classes),
    own.map(({ listed, colour }) => ({ name: listed, colour })),
    parseLine,
  );
  if (classes.length > most)
    throw new Error(
      `Pascal VOC has no more than ${most} classes, and with this mask there are ${classes.length}; ` +
        'give labels names in common',
    );
  const classOf = new Map(
    own.flatMap(({ listed, values }) =>
      values.map(value => [value, 1 + classes.findIndex(({ name: className }) => className === listed)]),
    ),
  );
  const objectOf = new Map(labels.map(({ value }, index) => [value, index + 1]));
  const picture = await jpegOf(source.image);
  const png = (numbers: ReadonlyMap<number, number>, colours: readonly string[]) =>
    encodeMaskPng({ width, height, labels: source.map.map(value => numbers.get(value) ?? 0) }, colours);
  const files = new Map<string, Uint8Array | string>([
    [
      `${name}/SegmentationClass/${stem}.png`,
      png(
        classOf,
        classes.map(({ colour }) => colour),
      ),
    ],
    [`${name}/JPEGImages/${stem}.jpg`, picture.bytes],
    [
      lists.classes,
      [`${listMark} label:color_rgb:parts:actions`, `${background}:0,0,0::`, ...classes.map(toLine), ''].join('\n'),
    ],
    [lists.images, await withLine(path.join(folder, lists.images), stem)],
  ]);
  const objects = labels.length <= most;
  if (objects)
    files.set(
      `${name}/SegmentationObject/${stem}.png`,
      png(
        objectOf,
        labels.map(({ colour }) => colour),
      ),
    );
  const lost = [
    ...picture.lost,
    ...(objects
      ? []
      : [`which of ${counted(labels.length, 'label')} a pixel has: there is no room for more than ${most}`]),
  ];
  return { files, lost };
}

/** Returns the picture as JPEG: a JPEG file that is stored as it is displayed is copied unchanged. */
async function jpegOf({
  file,
  header: info,
  picture: { width, height, rgb },
}: LoadedImage): Promise<{ bytes: Uint8Array; lost: string[] }> {
  if (info.kind === 'jpeg' && (info.orientation ?? 1) === 1) return { bytes: await readFile(file), lost: [] };
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: jpegQuality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { bytes, lost: ['the picture’s exact colours: it became a JPEG'] };
}

/** Adds a line to those of a list, and sorts them. */
async function withLine(list: string, line: string): Promise<string> {
  const lines = (await readFile(list, 'utf8').catch(() => '')).split('\n').filter(present => present !== '');
  return [...new Set([...lines, line])]
    .sort()
    .map(sorted => `${sorted}\n`)
    .join('');
}

/** Replaces the colons in a name, which separate the columns of the list. */
function listedName(name: string): string {
  return name
    .replace(/[:\s]+/g, ' ')
    .replace(/^#/, ' #')
    .trimEnd();
}

function toLine({ name, colour }: ListedClass): string {
  return `${name}:${fromHex(colour).join(',')}::`;
}

function parseLine(line: string): ListedClass | undefined {
  const [, name, red, green, blue] = /^([^#:][^:]*):(\d+),(\d+),(\d+)::$/.exec(line) ?? [];
  if (name === undefined || name === background) return undefined;
  return { name, colour: toHex([Number(red), Number(green), Number(blue)]) };
}
