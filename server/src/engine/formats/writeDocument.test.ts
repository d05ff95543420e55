import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { OutputFormat } from '../../../../protocol/names';
import type { LoadedImage } from '../image/loadImage';
import { stateFromLabels } from '../../../../mask/files/maskFiles';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { setProperties } from '../../../../mask/testing/randomMasks';
import { writeDocument } from './writeDocument';

const [width, height] = [12, 8];

/** Makes a mask of four columns with the given names. */
function documentOf(names: readonly (string | undefined)[]): MaskDocument {
  const labels = Uint16Array.from({ length: width * height }, (_, p) => 1 + Math.floor((p % width) / 3));
  const document = new MaskDocument(stateFromLabels({ width, height, labels, palette: null }));
  for (const { value, representative } of document.view().labels) {
    const name = names[value - 1];
    if (name !== undefined) setProperties(document, representative, { name });
  }
  return document;
}

suite('Exports of several images', () => {
  let folder: string;
  const image = (name: string): LoadedImage => ({
    file: path.join(folder, name),
    sha256: 'ab'.repeat(32),
    notes: [],
    header: { kind: 'png', width, height, channels: 3, depth: 8, pages: 1, size: 1 },
    picture: { width, height, rgb: new Uint8Array(width * height * 3).fill(90) },
  });
  const text = (name: string) => readFile(path.join(folder, name), 'utf8');

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless exports-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test("written at once into a folder keep each other's classes and images", async () => {
    const named = ['a.png', 'b.png', 'c.png', 'd.png'];
    await Promise.all(
      named.map(async (name, index) => {
        await writeDocument(image(name), documentOf(Array<string>(4).fill(`of ${index}`)), {
          folder,
          formats: ['voc', 'yolo'],
          siblings: [],
        });
      }),
    );
    assert.equal(await text('labelless.voc/ImageSets/Segmentation/trainval.txt'), 'a\nb\nc\nd\n');
    assert.deepEqual([...(await text('labelless.voc/labelmap.txt')).matchAll(/^of \d/gm)].map(([one]) => one).sort(), [
      'of 0',
      'of 1',
      'of 2',
      'of 3',
    ]);
    const yolo = [...(await text('labelless.yolo/data.yaml')).matchAll(/(\d): "(of \d)"/g)];
    assert.equal(yolo.length, 4);
    for (const [, number, name] of yolo) {
      assert.ok(
        (await text(`labelless.yolo/labels/${named[Number(name.slice(3))].replace('png', 'txt')}`))
          .trim()
          .split('\n')
          .every(line => line.startsWith(`${number} `)),
        name,
      );
    }
    assert.deepEqual((await readdir(folder)).sort(), ['labelless.voc', 'labelless.yolo']);
  });

  test('tell the names that labels without one get, where a format wants names', async () => {
    const document = documentOf([undefined, 'sky']);
    const generated = async (format: OutputFormat) =>
      (await writeDocument(image('a.png'), document, { folder, formats: [format], siblings: [] })).generated;
    for (const format of ['classes', 'coco', 'labelme', 'voc', 'yolo'] as const)
      assert.deepEqual(await generated(format), ['Region 1', 'Region 3', 'Region 4'], format);
    for (const format of ['mask', 'overlay', 'npy'] as const) assert.deepEqual(await generated(format), [], format);
  });
});
