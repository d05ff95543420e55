import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { classFileName } from '../../../../../mask/classes/classFileName';
import { ClassList } from '../../../../../mask/classes/classList';
import { classify } from '../../../../../mask/document/classEdits';
import type { SavedStatus } from '../../../../../mask/document/maskStatus';
import { emptyState } from '../../../../../mask/document/maskState';
import { addScribble } from '../../../../../mask/document/scribbleEdits';
import { MaskDocument } from '../../../../../mask/document/maskDocument';
import { formatClassFile } from '../../../../../mask/files/classFile';
import { encodeMask, stateFromLabels } from '../../../../../mask/files/maskFiles';
import { street, streetClasses } from '../../dataset/testing/streets';
import type { Picture } from '../../image/picture';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The classes of streets; ids from 11, so that they are no indices. */
export const folderClasses = new ClassList(streetClasses.map((info, index) => ({ id: index + 11, ...info })));

/** Writes the class file of a folder of streets. */
export function writeClasses(folder: string): void {
  writeFileSync(path.join(folder, classFileName), formatClassFile(folderClasses));
}

/** Writes a street as `NAME.png`. @returns its true classes, by index */
export async function writeStreet(folder: string, name: string, seed: number, width = 96, height = 72) {
  const { picture, labels } = street(width, height, seed, 'day');
  await sharp(picture.rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(path.join(folder, `${name}.png`));
  return labels;
}

/** What a labelled street may differ in. */
interface StreetOptions {
  /** The only class whose pixels have a label. */
  readonly only?: number;
  readonly width?: number;
  readonly height?: number;
}

/** Writes a street with a mask of its true classes. */
export async function writeLabelledStreet(
  folder: string,
  name: string,
  seed: number,
  status: SavedStatus,
  options: StreetOptions = {},
): Promise<void> {
  await writeStreet(folder, name, seed, options.width, options.height);
  const { document } = labelledStreet(seed, options);
  document.take({ ...document.state, status });
  writeMask(folder, name, document);
}

/** A street with a mask of its true classes. */
export function labelledStreet(
  seed: number,
  { only, width = 96, height = 72 }: StreetOptions = {},
): { picture: Picture; document: MaskDocument } {
  const { picture, labels: truth } = street(width, height, seed, 'day');
  const labels = Uint16Array.from(truth, index => (only === undefined || index === only ? index + 1 : 0));
  const document = new MaskDocument(stateFromLabels({ ...picture, labels, palette: null }), folderClasses);
  for (const value of new Set(labels)) if (value > 0) document.take(classify(document, [value], value + 10)!);
  return { picture, document };
}

/** Writes a street with a mask on which a stroke of sky and one of road are drawn. */
export async function writeScribbledStreet(folder: string, name: string, seed: number): Promise<void> {
  const [width, height] = [96, 72];
  await writeStreet(folder, name, seed, width, height);
  const stroke = (index: number, y: number) => ({
    ...streetClasses[index],
    size: 5,
    points: [10, y, 86, y],
  });
  const state = addScribble(addScribble(emptyState(width, height), stroke(0, 4)), stroke(3, 68));
  writeMask(folder, name, new MaskDocument({ ...state, status: 'edited' }, folderClasses));
}

function writeMask(folder: string, name: string, document: MaskDocument): void {
  const image = { name: `${name}.png`, sha256: sha256(readFileSync(path.join(folder, `${name}.png`))) };
  const { png, sidecar } = encodeMask(document, { image, version: '0.0.0', sha256 });
  writeFileSync(path.join(folder, `${name}.mask.png`), png);
  writeFileSync(path.join(folder, `${name}.mask.json`), sidecar);
}
