import path from 'node:path';
import { extendClasses, listMark, type EncodedFiles, type ExportSource } from './exportSource';
import { counted } from '../common/counted';

/** The number of decimals: enough to hit the corner of a pixel in pictures 100,000 pixels wide. */
const places = 7;

/**
 * Encodes segmentation labels as Ultralytics' YOLO trains on them: a line a polygon, its class and its corners in
 * shares of width and height, and `data.yaml` with the classes of all images of the folder. Polygons are independent of
 * each other, so parts and holes are lost.
 * @param folder absolute path of what is written into
 * @param name of the folder in it for YOLO
 */
export async function encodeYolo(
  source: ExportSource,
  stem: string,
  folder: string,
  name: string,
): Promise<EncodedFiles> {
  const { width, height } = source;
  const list = `${name}/data.yaml`;
  const classes = await extendClasses(path.join(folder, list), source.classes(), parseLine);
  const indexOf = new Map(classes.map((listed, index) => [listed.name, index]));
  const lines: string[] = [];
  let [holes, parts] = [0, 0];
  for (const label of source.labels) {
    const contours = source.contours().get(label.value)!;
    const outer = contours.filter(({ area }) => area > 0);
    holes += contours.length - outer.length;
    parts += outer.length - 1;
    for (const { points } of outer)
      lines.push(
        [
          indexOf.get(label.name),
          ...points.map((at, i) => Number((at / (i % 2 === 0 ? width : height)).toFixed(places))),
        ].join(' '),
      );
  }
  const yaml = [
    `${listMark} The images, or links to them, belong into images/.`,
    'path: .',
    'train: images',
    'val: images',
    'names:',
    ...classes.map((listed, index) => `  ${index}: ${JSON.stringify(listed.name)}`),
    '',
  ];
  return {
    files: new Map([
      [`${name}/labels/${stem}.txt`, lines.map(line => `${line}\n`).join('')],
      [list, yaml.join('\n')],
    ]),
    lost: [
      'colours',
      ...(holes > 0 ? [`${counted(holes, 'hole')}, which are filled`] : []),
      ...(parts > 0 ? [`that ${counted(parts, 'polygon')} are further parts of labels`] : []),
    ],
  };
}

function parseLine(line: string) {
  const [, text] = /^ {2}\d+: (".*")$/.exec(line) ?? [];
  return text === undefined ? undefined : { name: JSON.parse(text) as string, colour: '' };
}
