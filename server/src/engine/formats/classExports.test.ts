import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { usualView } from '../../../../mask/document/imageView';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { decodeMaskPng, encodeMaskPng } from '../../../../mask/files/indexedPng';
import { encodeMask, openMask, stateFromLabels } from '../../../../mask/files/maskFiles';
import type { OutputFormat } from '../../../../protocol/names';
import { MaskSetExport, type SavedMask } from './exportSet';

const classFile = JSON.stringify({
  classes: [
    { id: 0, name: 'ground', colour: '#000000', background: true },
    { id: 20, name: 'sky', colour: '#4682b4' },
    { id: 7, name: '=road: "a/b"', colour: '#804080' },
  ],
});
const limits = { megapixels: 1, fileSize: 1 };

suite('An export by the class file', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);

  /** Saves a mask of stripes, four pixels wide, a label each, of the classes given; null for one without. */
  async function save(name: string, classes: readonly (number | null)[]): Promise<SavedMask> {
    const width = 4 * classes.length;
    const image = at(name);
    await mkdir(path.dirname(image), { recursive: true });
    await sharp({ create: { width, height: 4, channels: 3, background: 'grey' } })
      .png()
      .toFile(image);
    const labels = Uint16Array.from({ length: 4 * width }, (_, p) => 1 + ((p % width) >> 2));
    const state = stateFromLabels({ width, height: 4, labels, palette: null });
    const properties = new Map(classes.flatMap((id, index) => (id === null ? [] : [[index, { class: id }] as const])));
    const { png, sidecar } = encodeMask(new MaskDocument({ ...state, properties }), {
      image: { name: path.basename(name), sha256: 'ab'.repeat(32) },
      version: '1',
      sha256: () => 'cd'.repeat(32),
    });
    const mask = image.replace('.png', '.mask.png');
    await writeFile(mask, png);
    await writeFile(mask.replace('.png', '.json'), sidecar);
    return { image, mask };
  }

  async function run(masks: readonly SavedMask[], format: OutputFormat): Promise<MaskSetExport> {
    const set = new MaskSetExport(masks, format, at('out'), { limits, image: usualView });
    for (const index of masks.keys()) await set.add(index);
    await set.finish();
    return set;
  }

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless classes-'));
    await writeFile(at('labelless.classes.json'), classFile);
  });
  teardown(() => rm(folder, { recursive: true }));

  test('has the ids of the file as COCO’s categories, in every image, and leaves out labels without a class', async () => {
    const set = await run([await save('a.png', [7, null, 0]), await save('b/b.png', [20, 20])], 'coco');
    const { categories, annotations } = JSON.parse(await readFile(at('out/labelless.coco.json'), 'utf8')) as {
      categories: { id: number; name: string; color: number[] }[];
      annotations: { image_id: number; category_id: number }[];
    };
    assert.deepEqual(
      categories.map(({ id, name, color }) => [id, name, color]),
      [
        [20, 'sky', [70, 130, 180]],
        [7, '=road: "a/b"', [128, 64, 128]],
      ],
    );
    assert.deepEqual(
      annotations.map(one => [one.image_id, one.category_id]),
      [
        [1, 7],
        [2, 20],
        [2, 20],
      ],
    );
    assert.deepEqual(
      set.notes.filter(note => note.includes('without a class')),
      [`${at('a.png')}: coco does not hold 1 label without a class`],
    );
    assert.deepEqual(set.generated, []);
  });

  test('has YOLO’s numbers in the order of the file, without the background', async () => {
    const set = await run([await save('a.png', [7, null, 0])], 'yolo');
    assert.deepEqual(set.failures, []);
    const yaml = await readFile(at('out/labelless.yolo/data.yaml'), 'utf8');
    assert.match(yaml, /names:\n {2}0: "sky"\n {2}1: "=road: \\"a\/b\\""\n$/);
    const lines = await readFile(at('out/labelless.yolo/labels/a.txt'), 'utf8');
    assert.deepEqual(
      lines.split('\n').map(line => line.split(' ')[0]),
      ['1', ''],
    );
  });

  test('has VOC’s numbers in the order of the ids, and 255 where a label has no class', async () => {
    await writeFile(at('labelless.classes.json'), classFile.replace(': \\"a/b\\"', ''));
    const first = await run([await save('a.png', [7, null, 0, 20])], 'voc');
    assert.deepEqual(first.failures, []);
    const { labels, palette } = decodeMaskPng(await readFile(at('out/labelless.voc/SegmentationClass/a.png')));
    assert.deepEqual([labels[0], labels[4], labels[8], labels[12]], [1, 255, 0, 2]);
    assert.deepEqual([palette?.[1], palette?.[2], palette?.[255]], ['#804080', '#4682b4', '#e0e0c0']);
    const text = classFile.replace(': \\"a/b\\"', '').replace(']', ',{"id":30,"name":"tree","colour":"#00ff00"}]');
    await writeFile(at('labelless.classes.json'), text);
    const second = await run([await save('b.png', [30])], 'voc');
    assert.deepEqual(second.failures, []);
    assert.match(
      await readFile(at('out/labelless.voc/labelmap.txt'), 'utf8'),
      /=road:128,64,128::\nsky:70,130,180::\ntree:0,255,0::\n$/,
    );
  });

  test('names labels by their classes in LabelMe and in a picture a class', async () => {
    await run([await save('a.png', [7, 20])], 'labelme');
    const { shapes } = JSON.parse(await readFile(at('out/a.json'), 'utf8')) as { shapes: { label: string }[] };
    assert.deepEqual(shapes.map(({ label }) => label).sort(), ['=road: "a/b"', 'sky']);
    assert.deepEqual((await run([await save('b.png', [7, null])], 'classes')).failures, []);
    await readFile(at('out/b.mask.classes/=road%3A %22a%2Fb%22.png'));
  });

  test('stays in its folder where classes are named like paths, devices or formulas', async () => {
    const names = ['../x', '/etc/x', 'con', '=1+1', '..'];
    const classes = names.map((name, id) => ({ id, name, colour: `#00000${id}` }));
    await writeFile(at('labelless.classes.json'), JSON.stringify({ classes }));
    const mask = await save('a.png', [0, 1, 2, 3, 4]);
    const before = (await readdir(folder)).sort();
    for (const format of ['classes', 'coco', 'labelme', 'yolo'] as const)
      assert.deepEqual((await run([mask], format)).failures, [], format);
    assert.deepEqual((await readdir(folder)).sort(), [...before, 'out'].sort());
    assert.deepEqual((await readdir(at('out/a.mask.classes'))).sort(), [
      '%2E%2E.png',
      '%2E.%2Fx.png',
      '%2Fetc%2Fx.png',
      '%63on.png',
      '=1+1.png',
    ]);
  });

  test('writes class ids as the values of masks, which stay editable', async () => {
    const saved = await save('a.png', [7, null, 0, 20]);
    const set = new MaskSetExport([saved], 'mask', at('out'), { limits, image: usualView }, 'classes');
    await set.add(0);
    assert.deepEqual(set.failures, []);
    assert.ok(set.notes.includes(`${at('a.png')}: mask has the value 255 for 1 label without a class`));
    const png = await readFile(at('out/a.mask.png'));
    const { labels, palette } = decodeMaskPng(png);
    assert.deepEqual([labels[0], labels[4], labels[8], labels[12]], [7, 255, 0, 20]);
    assert.equal(palette?.[7], '#804080');
    const sidecar = await readFile(at('out/a.mask.json'));
    const opened = openMask(png, sidecar);
    assert.equal(opened.ignored, undefined);
    assert.deepEqual(
      opened.document.view().labels.map(label => [label.value, label.class]),
      [
        [1, 7],
        [2, undefined],
        [3, 0],
        [4, 20],
      ],
    );
    const changed = encodeMaskPng(
      { width: 16, height: 4, labels: labels.map(value => (value === 20 ? 7 : value)) },
      [],
    );
    assert.match(openMask(changed, sidecar).ignored ?? '', /changed/);
    await rm(at('labelless.classes.json'));
    const plain = new MaskSetExport([saved], 'mask', at('out'), { limits, image: usualView }, 'classes');
    await plain.add(0);
    assert.match(plain.notes.join(), /mask has labels for values, since there is no class file/);
  });

  test('fails for an image whose class file is broken, and names the fault', async () => {
    const mask = await save('a.png', [7]);
    await writeFile(at('labelless.classes.json'), classFile.replace('"id":7', '"id":20'));
    const { failures } = await run([mask], 'coco');
    assert.equal(failures.length, 1);
    assert.match(failures.join(), /a\.png: the class file .*: classes\[2\]\.id: 20 is the id of ‘sky’ too; correct it/);
  });
});
