import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { emptyState } from '../../../../mask/document/maskState';
import { edit } from '../../../../mask/testing/randomMasks';
import type { OutputFormat } from '../../../../protocol/names';
import type { LoadedImage } from '../image/loadImage';
import { writeDocument } from './writeDocument';

const size = 60;

/** A disc, and a ring around it. */
function documentOf(): MaskDocument {
  const document = new MaskDocument(emptyState(size, size));
  const middle = [size / 2, size / 2];
  edit(document, { kind: 'stroke', into: 'new', size: 50, points: middle });
  edit(document, { kind: 'stroke', into: 'new', size: 24, points: middle });
  document.view().labels.forEach(({ value }, at) => {
    edit(document, { kind: 'rename', value, name: ['ring', 'disc'][at] ?? '' });
  });
  return document;
}

suite('The tolerance of polygons', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless-polygons-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const image = (): LoadedImage => ({
    file: path.join(folder, 'a.png'),
    sha256: 'ab'.repeat(32),
    notes: [],
    header: { kind: 'png', width: size, height: size, channels: 3, depth: 8, pages: 1, size: 1 },
    picture: { width: size, height: size, rgb: new Uint8Array(size * size * 3) },
  });
  /** Writes a format with a tolerance. @returns the text of its file of labels */
  const written = async (format: OutputFormat, file: string, polygonTolerance?: number): Promise<string> => {
    await writeDocument(image(), documentOf(), {
      folder,
      formats: [format],
      siblings: [],
      ...(polygonTolerance !== undefined && { polygonTolerance }),
    });
    return readFile(path.join(folder, file), 'utf8');
  };

  test('of 0 changes nothing, to the byte', async () => {
    for (const [format, file] of [
      ['coco', 'a.coco.json'],
      ['labelme', 'a.json'],
      ['yolo', path.join('labelless.yolo', 'labels', 'a.txt')],
    ] as const)
      assert.equal(await written(format, file, 0), await written(format, file), format);
  });

  test('leaves polygons a few corners, and keeps what has a hole in COCO to the pixel', async () => {
    const parse = (text: string) =>
      JSON.parse(text) as {
        annotations: { area: number; bbox: number[]; segmentation: number[][] | { counts: number[] } }[];
      };
    const [exact, simple] = [
      parse(await written('coco', 'a.coco.json')),
      parse(await written('coco', 'a.coco.json', 2)),
    ];
    assert.deepEqual(simple.annotations[0], exact.annotations[0], 'the ring');
    const [before, after] = [exact.annotations[1], simple.annotations[1]];
    const corners = (segmentation: typeof before.segmentation) => (segmentation as number[][])[0].length / 2;
    assert.ok(corners(after.segmentation) < corners(before.segmentation) / 3);
    assert.ok(Math.abs(after.area / before.area - 1) < 0.1);
    const labelme = JSON.parse(await written('labelme', 'a.json', 2)) as {
      shapes: { label: string; points: unknown[] }[];
    };
    assert.deepEqual(
      labelme.shapes.map(({ label }) => label),
      ['ring', 'disc'],
    );
    for (const { points } of labelme.shapes) assert.ok(points.length < 20, `${points.length}`);
    const yolo = await written('yolo', path.join('labelless.yolo', 'labels', 'a.txt'), 2);
    for (const line of yolo.trim().split('\n')) assert.ok(line.split(' ').length < 40, line);
  });
});
