import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { MaskDocument } from '../../../../../mask/document/maskDocument';
import { parseClassFile } from '../../../../../mask/files/classFile';
import { encodeMask, stateFromLabels } from '../../../../../mask/files/maskFiles';

/** A class file of three classes, for tests. */
export const classesText = `{
  "classes": [
    { "id": 1, "name": "road", "colour": "#804080", "key": "1" },
    { "id": 4, "name": "car", "colour": "#00008e" }, // and vans
    { "id": 0, "name": "background", "colour": "#000000", "background": true }
  ]
}
`;

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface ClassedMaskOptions {
  /** The meaning of the mask file's values; default: labels. */
  readonly values?: 'classes';
  /** The folder of the mask; default: that of the photo. */
  readonly folder?: string;
  /** The photo, and the size of the mask in pixels. */
  readonly content?: Uint8Array;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Writes a file in the place of a photo, unless a photo is given, and its approved mask with a label a column.
 * @param classes the classes of the labels; undefined for none
 */
export function writeClassedMask(
  photo: string,
  classes: readonly (number | undefined)[],
  { values, folder = path.dirname(photo), content, width = 4, height = 2 }: ClassedMaskOptions = {},
): void {
  const parsed = parseClassFile(classesText);
  if (!('list' in parsed)) throw new Error('the class file of the test is wrong');
  const { list } = parsed;
  const labels = Uint16Array.from({ length: width * height }, (_, p) => Math.min(classes.length, 1 + (p % width)));
  const plain = stateFromLabels({ width, height, labels, palette: null });
  const properties = new Map(
    classes.flatMap((id, region) => {
      const { name, colour } = list.byId(id) ?? {};
      return id === undefined || name === undefined ? [] : [[region, { class: id, name, colour: colour! }] as const];
    }),
  );
  const document = new MaskDocument({ ...plain, properties, status: 'approved' }, list);
  const name = path.basename(photo);
  const bytes = content ?? Buffer.from(name);
  writeFileSync(photo, bytes);
  const image = { name, sha256: sha256(bytes) };
  const { png, sidecar } = encodeMask(document, { image, version: '0', sha256, ...(values && { values }) });
  const stem = path.join(folder, name.replace(/\.\w+$/, ''));
  writeFileSync(`${stem}.mask.png`, png);
  writeFileSync(`${stem}.mask.json`, sidecar);
}
