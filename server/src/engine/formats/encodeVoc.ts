import path from 'node:path';
import sharp from 'sharp';
import { ReadError, readRegularFile } from '../../../../files/regularFile';
import { reasonOf } from '../../../../mask/errors';
import { ignoredValue } from '../../../../mask/classes/classListSchema';
import { encodeMaskPng } from '../../../../mask/files/indexedPng';
import { decodeText } from '../../../../mask/files/json';
import { aboutList, readClassList } from './classes/classListFile';
import { background, extendLabelmap } from './classes/labelmap';
import { quoted } from './classes/names';
import { checkVocNumbers, recolouredMasks } from './classes/numbersInUse';
import { vocColour } from './classes/vocColours';
import type { EncodedFiles, ExportSource } from './exportSource';
import { checkPictureReplaceable } from './replaceable';
import type { LoadedImage } from '../image/loadImage';
import { counted } from '../common/counted';

/**
 * The largest number of classes: the values of a byte without 0 for background and 255 for pixels that do not count.
 */
const most = 254;

const jpegQuality = 95;
/** The largest list of images that is read, in bytes. */
const largestList = 1e8;
/** Colours of objects by number - 1: readers know objects by VOC's own colour map. */
const objectColours = Array.from({ length: 255 }, (_, index) => vocColour(index + 1));

/**
 * Encodes a mask in the layout of Pascal VOC (Everingham et al., IJCV 2010): pictures as JPEG, classes and objects as
 * indexed PNG, a list of the images, and `labelmap.txt` with names and colours of the classes of all images of the
 * folder. An object is a label. Masks that earlier versions wrote in colours which classes share are recoloured.
 * @param folder absolute path of what is written into
 * @param name of the folder in it for VOC
 * @throws Error for more classes than a byte can number, and for names and lists that VOC's readers read otherwise
 */
export async function encodeVoc(
  source: ExportSource,
  stem: string,
  folder: string,
  name: string,
): Promise<EncodedFiles> {
  const { width, height, classified: labels } = source;
  const top = path.join(folder, name);
  const list = path.join(top, 'labelmap.txt');
  const own = source.classes().sort((a, b) => (a.id ?? 0) - (b.id ?? 0)); // numbers are ids where those go 1, 2, 3 …
  const text = await readClassList(list);
  const { classes, before, ...labelmap } = aboutList(list, () => extendLabelmap(text, own));
  if (classes.length > most)
    throw new Error(
      `Pascal VOC has no more than ${most} classes, and with this mask there are ${classes.length}; ` +
        'give labels names in common',
    );
  const png = `${stem}.png`;
  if (classes.length > before.length || labelmap.isRecoloured)
    await checkVocNumbers(path.join(top, 'SegmentationClass'), before, png);
  const colours = Object.assign(
    classes.map(({ colour }) => colour),
    { [ignoredValue - 1]: vocColour(ignoredValue) },
  );
  const classOf = new Map(
    own.flatMap(({ name: title, values }) =>
      title === background ? [] : values.map(value => [value, 1 + classes.findIndex(listed => listed.name === title)]),
    ),
  );
  const objectOf = new Map(labels.map(({ value }, index) => [value, index + 1]));
  for (const { value } of source.unclassified)
    for (const numbers of [classOf, objectOf]) numbers.set(value, ignoredValue);
  const lostClasses = source.withoutClass.map(labels => `${labels}, whose pixels have the value ${ignoredValue}`);
  const encode = (numbers: ReadonlyMap<number, number>, palette: readonly string[]) =>
    encodeMaskPng({ width, height, labels: source.map.map(value => numbers.get(value) ?? 0) }, palette);
  const picture = await jpegOf(source.image);
  const jpeg = `${name}/JPEGImages/${stem}.jpg`;
  await checkPictureReplaceable(path.join(folder, jpeg), picture.bytes, path.join(top, 'SegmentationClass', png));
  const files = new Map<string, Uint8Array | string>();
  for (const [kind, palette] of [
    ['SegmentationClass', colours],
    ['SegmentationObject', objectColours],
  ] as const)
    if (labelmap.isRecoloured)
      for (const [file, content] of await recolouredMasks(path.join(top, kind), palette, png))
        files.set(`${name}/${kind}/${file}`, content);
  files.set(`${name}/SegmentationClass/${png}`, encode(classOf, colours));
  files.set(jpeg, picture.bytes);
  files.set(`${name}/labelmap.txt`, labelmap.text);
  const images = `${name}/ImageSets/Segmentation/trainval.txt`;
  files.set(images, await withLine(path.join(folder, images), stem));
  const objects = `${name}/SegmentationObject/${png}`;
  if (labels.length <= most)
    return { files: files.set(objects, encode(objectOf, objectColours)), lost: [...picture.lost, ...lostClasses] };
  return {
    files,
    lost: [
      ...picture.lost,
      ...lostClasses,
      `which of ${counted(labels.length, 'label')} a pixel has: there is no room for more than ${most}`,
    ],
    stale: [objects],
  };
}

/** Returns the picture as JPEG: a JPEG file that is stored as it is displayed is copied unchanged. */
async function jpegOf({
  file,
  header: info,
  picture: { width, height, rgb },
}: LoadedImage): Promise<{ bytes: Uint8Array; lost: string[] }> {
  if (info.kind === 'jpeg' && (info.orientation ?? 1) === 1)
    return { bytes: await readRegularFile(file, info.size), lost: [] };
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: jpegQuality, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { bytes, lost: ['the picture’s exact colours: it became a JPEG'] };
}

/**
 * Adds the name of an image to a list of them, before the first that follows it in the order of characters. All else in
 * the list stays.
 * @throws Error when the list cannot be read, or a line cannot hold the name
 */
async function withLine(list: string, stem: string): Promise<string> {
  if (stem.startsWith('#') || stem.trim() !== stem || /[\p{Cc}\u2028\u2029]/u.test(stem))
    throw new Error(
      `Pascal VOC’s list of images cannot hold the name ${quoted(stem)}: it begins with #, ` +
        'has blanks at its ends, or a line would end in it; rename the image',
    );
  const text = await readRegularFile(list, largestList)
    .then(decodeText)
    .catch((error: unknown) => {
      if (error instanceof ReadError && error.code === 'ENOENT') return '';
      throw error instanceof ReadError ? error : new Error(`${list}: ${reasonOf(error)}`);
    });
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.some(line => line.trim() === stem)) return text;
  if (lines.at(-1) === '') lines.pop();
  const next = lines.findIndex(line => line > stem);
  lines.splice(next < 0 ? lines.length : next, 0, stem);
  return lines.map(line => line + newline).join('');
}
