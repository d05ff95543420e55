import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { aboutList, readClassList } from './classes/classListFile';
import { checkYoloNumbers } from './classes/numbersInUse';
import { extendYoloNames } from './classes/yoloNames';
import type { EncodedFiles, ExportSource } from './exportSource';
import { checkPictureReplaceable } from './replaceable';
import { pictureNote, yoloPicture } from './yoloPicture';
import { counted } from '../common/counted';

/** The number of decimals: enough to hit the corner of a pixel in pictures 100,000 pixels wide. */
const places = 7;

/**
 * Encodes segmentation labels as Ultralytics' YOLO trains on them: a line a polygon, its class and its corners in
 * shares of width and height, and `data.yaml` with the classes of all images of the folder. Polygons are independent of
 * each other, so parts and holes are lost.
 * @param folder absolute path of what is written into
 * @param name of the folder in it for YOLO
 * @param withPicture whether the picture is written too, under the name and in a format in which it is found
 */
export async function encodeYolo(
  source: ExportSource,
  stem: string,
  folder: string,
  name: string,
  withPicture: boolean,
): Promise<EncodedFiles> {
  const top = path.join(folder, name);
  const list = path.join(top, 'data.yaml');
  const text = await readClassList(list);
  const own = source.classes().map(({ name: title }) => title);
  const extended = aboutList(list, () => extendYoloNames(text, own));
  if (text !== undefined && extended.listed < extended.names.length)
    await checkYoloNumbers(path.join(top, 'labels'), extended.listed, `${stem}.txt`);
  const { lines, holes, parts } = polygonLines(source, extended.names);
  const files = new Map<string, Uint8Array | string>([
    [`${name}/labels/${stem}.txt`, lines.map(line => `${line}\n`).join('')],
    [`${name}/data.yaml`, extended.text],
  ]);
  const picture = withPicture ? await yoloPicture(source.image, stem) : undefined;
  const copy = picture && path.join(top, 'images', picture.name);
  if (picture && copy !== undefined && !(await isSameFile(copy, source.image.file))) {
    await checkPictureReplaceable(copy, picture.bytes, path.join(top, 'labels', `${stem}.txt`));
    files.set(`${name}/images/${picture.name}`, picture.bytes);
  }
  const note = picture ? picture.note : pictureNote(source.image, stem);
  return {
    files,
    lost: [
      'colours',
      ...source.withoutClass,
      ...(holes > 0 ? [`${counted(holes, 'hole')}, which are filled`] : []),
      ...(parts > 0 ? [`that ${counted(parts, 'polygon')} are further parts of labels`] : []),
    ],
    ...(note !== undefined && { notes: [note] }),
  };
}

/** Whether two paths lead to one file: users may have put links to their pictures into the folder. */
async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map(file => realpath(file).catch(() => undefined)));
  return first !== undefined && first === second;
}

/** Makes a line of each outer boundary, with the number of its class; and counts what such lines cannot say. */
function polygonLines(source: ExportSource, names: readonly string[]) {
  const { width, height } = source;
  const lines: string[] = [];
  let [holes, parts] = [0, 0];
  for (const label of source.classified) {
    const contours = source.polygons().get(label.value)!;
    const outer = contours.filter(({ area }) => area > 0);
    holes += contours.length - outer.length;
    parts += outer.length - 1;
    for (const { points } of outer)
      lines.push(
        [
          names.indexOf(label.name),
          ...points.map((at, i) => Number((at / (i % 2 === 0 ? width : height)).toFixed(places))),
        ].join(' '),
      );
  }
  return { lines, holes, parts };
}
