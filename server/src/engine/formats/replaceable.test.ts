import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { setProperties } from '../../../../mask/testing/randomMasks';
import type { OutputFormat } from '../../../../protocol/names';
import { writeDocument } from './writeDocument';

const [width, height] = [31, 22];

suite('A file of annotations from an earlier export', () => {
  let folder: string;
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');

  /** Exports a mask of two labels, whose border is in a column. */
  async function write(column: number, format: OutputFormat, name = 'a'): Promise<void> {
    const labels = Uint16Array.from({ length: width * height }, (_, p) => (p % width < column ? 1 : 2));
    const document = new MaskDocument(stateFromLabels({ width, height, labels, palette: null }));
    const [first] = document.view().labels;
    setProperties(document, first.representative, { name });
    const image = {
      file: path.join(folder, 'a.png'),
      sha256: 'ab'.repeat(32),
      notes: [],
      header: { kind: 'png', width, height, channels: 3, depth: 8, pages: 1, size: 1 },
      picture: { width, height, rgb: new Uint8Array(width * height * 3).fill(90) },
    };
    await writeDocument(image, document, { folder, formats: [format], siblings: [] });
  }

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless replaceable-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('is replaced, but not one of LabelMe that LabelMe changed', async () => {
    await write(1, 'labelme');
    await write(2, 'labelme');
    const content = JSON.parse(await text('a.json')) as { shapes: { label: string }[] };
    await writeFile(path.join(folder, 'a.json'), JSON.stringify(content));
    await write(3, 'labelme');
    content.shapes[0].label = 'mine';
    await writeFile(path.join(folder, 'a.json'), JSON.stringify(content));
    await assert.rejects(write(3, 'labelme'), /a\.json exists and was not written by Labelless/);
  });

  test('is replaced, but not one of COCO that another program changed or wrote', async () => {
    await write(1, 'coco', '"labelless"');
    await write(2, 'coco', '"labelless"');
    const content = JSON.parse(await text('a.coco.json')) as { annotations: { area: number }[] };
    await writeFile(path.join(folder, 'a.coco.json'), JSON.stringify(content, null, 2));
    await write(3, 'coco', '"labelless"');
    content.annotations[0].area++;
    await writeFile(path.join(folder, 'a.coco.json'), JSON.stringify(content));
    await assert.rejects(write(3, 'coco'), /a\.coco\.json exists and was not written by Labelless/);
    const foreign = { ...content, info: { description: 'mine' }, categories: [{ id: 1, name: 'labelless' }] };
    await writeFile(path.join(folder, 'a.coco.json'), JSON.stringify(foreign));
    await assert.rejects(write(3, 'coco'), /a\.coco\.json exists and was not written by Labelless/);
  });
});
