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

/**
 * Writes a file in the place of a photo, and its approved mask of 4 × 2 pixels with a label a column.
 * @param classes the classes of the labels; undefined for none
 */
export function writeClassedMask(
  photo: string,
  classes: readonly (number | undefined)[],
  { values, folder = path.dirname(photo) }: { values?: 'classes'; folder?: string } = {},
): void {
  const parsed = parseClassFile(classesText);
  if (!('list' in parsed)) throw new Error('the class file of the test is wrong');
  const { list } = parsed;
  const labels = Uint16Array.from({ length: 8 }, (_, p) => Math.min(classes.length, 1 + (p % 4)));
  const plain = stateFromLabels({ width: 4, height: 2, labels, palette: null });
  const properties = new Map(
    classes.flatMap((id, region) => {
      const { name, colour } = list.byId(id) ?? {};
      return id === undefined || name === undefined ? [] : [[region, { class: id, name, colour: colour! }] as const];
    }),
  );
  const document = new MaskDocument({ ...plain, properties, status: 'approved' }, list);
  const name = path.basename(photo);
  writeFileSync(photo, name);
  const image = { name, sha256: sha256(Buffer.from(name)) };
  const { png, sidecar } = encodeMask(document, { image, version: '0', sha256, ...(values && { values }) });
  const stem = path.join(folder, name.replace(/\.\w+$/, ''));
  writeFileSync(`${stem}.mask.png`, png);
  writeFileSync(`${stem}.mask.json`, sidecar);
}
