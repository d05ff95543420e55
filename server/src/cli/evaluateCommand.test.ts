import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { encodeMaskPng } from '../../../mask/files/indexedPng';
import { ownMask } from '../engine/dataset/testing/ownMasks';
import { callProgram } from './testing/callProgram';

interface Row {
  image: string;
  prediction: string;
  annotators: number;
  mIoU: number;
  mIoUFine: number;
  covering: number;
  PRI: number;
  VOI: number;
  boundaryF: number;
  regions: number;
}
interface Output {
  images: Row[];
  mean: Row | null;
  failed?: { image: string; error: string }[];
}
interface ClassOutput {
  classes: string[];
  mIoU: number | null;
  pixelAccuracy: number;
  perClass: (number | null)[];
  confusion: number[][];
  missed: number[];
  failed?: { error: string }[];
}

suite('labelless evaluate', () => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  const run = (...args: string[]) => callProgram(folder, 'evaluate', ...args);
  const both = ['--predictions', 'predictions', '--truth', 'truth'];

  /** Writes a label map, of digits. */
  const write = async (file: string, ...rows: string[]) => {
    const labels = Uint16Array.from(rows.join(''), Number);
    await writeFile(at(file), encodeMaskPng({ width: rows[0].length, height: rows.length, labels }, []));
  };

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless evaluate-'));
    for (const name of ['predictions', 'truth']) await mkdir(at(name));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('scores each image against all its annotators, by hand; masks come before other label maps', async () => {
    await write('truth/a.0.png', '1122', '1122');
    await write('truth/a.1.png', '1111', '1111');
    await write('predictions/a.mask.png', '5566', '5566');
    await write('predictions/a.png', '1234', '1234');
    await write('truth/b.png', '11', '22');
    await write('predictions/b.png', '12', '12');
    const { status, stdout, stderr } = await run(...both, '--json');
    assert.equal(status, 0, stderr);
    const {
      images: [a, b],
      mean,
    } = JSON.parse(stdout) as Output;
    assert.deepEqual(
      [a.image, a.prediction, a.annotators, a.regions],
      ['a', path.join('predictions', 'a.mask.png'), 2, 2],
    );
    assert.deepEqual([a.mIoU, a.mIoUFine, a.covering, a.VOI], [(1 + 0.5) / 2, 1, (1 + 0.5) / 2, 0.5]);
    assert.ok(Math.abs(a.PRI - (1 + 12 / 28) / 2) < 1e-12, 'of 28 pairs 12 are within the halves');
    assert.deepEqual([b.mIoU, b.covering, b.VOI], [1 / 3, 1 / 3, 2]);
    assert.equal(mean?.mIoU, (a.mIoU + b.mIoU) / 2);
  });

  test('prints a table with a row for each image, and one for all', async () => {
    await write('truth/a.png', '1122');
    await write('truth/b.png', '1122');
    await write('predictions/a.png', '1122');
    await write('predictions/b.png', '1111');
    const { status, stdout } = await run(...both);
    assert.equal(status, 0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map(line => line.split(/\s{2,}/));
    assert.deepEqual(lines[0], ['image', 'regions', 'mIoU', 'fine', 'coarse', 'covering', 'PRI', 'VOI', 'boundary F']);
    assert.deepEqual(
      lines.slice(1).map(([name, , mIoU]) => [name, mIoU]),
      [
        ['a', '1.000'],
        ['b', '0.500'],
        ['all 2', '0.750'],
      ],
    );
  });

  test('what cannot be scored is told with a line each, the rest is scored', async () => {
    await write('truth/good.png', '12');
    await write('predictions/good.png', '12');
    await write('truth/missing.png', '12');
    await write('truth/wide.png', '12');
    await write('predictions/wide.png', '122');
    await write('truth/broken.png', '12');
    await writeFile(at('predictions', 'broken.png'), 'no picture');
    await write('truth/photo.png', '12');
    await sharp(new Uint8Array(6), { raw: { width: 2, height: 1, channels: 3 } })
      .png()
      .toFile(at('predictions', 'photo.png'));
    await write('predictions/unused.png', '12');
    const { status, stdout, stderr } = await run(...both, '--json');
    assert.equal(status, 1);
    const { images, failed } = JSON.parse(stdout) as Output;
    assert.deepEqual(
      images.map(({ image, mIoU }) => [image, mIoU]),
      [['good', 1]],
    );
    assert.deepEqual(failed?.map(({ image }) => image).sort(), ['broken', 'missing', 'photo', 'wide']);
    for (const line of [
      /^missing: it has no prediction: there is neither missing\.mask\.png nor missing\.png in predictions$/m,
      /^wide: The prediction has 3×1 pixels, the truth 2×1\.$/m,
      /^broken: predictions.broken\.png: .*PNG/m,
      /^photo: predictions.photo\.png: .*holds a picture, not a mask/m,
      /predictions without a truth: 1, unused\.png/,
    ])
      assert.match(stderr, line);
  });

  test("a number at the end of a name is an annotator's only where no prediction is called so", async () => {
    for (const name of ['frame.1', 'frame.2']) {
      await write(`truth/${name}.png`, '12');
      await write(`predictions/${name}.mask.png`, '12');
    }
    const { images } = JSON.parse((await run(...both, '--json')).stdout) as Output;
    assert.deepEqual(
      images.map(({ image, annotators }) => [image, annotators]),
      [
        ['frame.1', 1],
        ['frame.2', 1],
      ],
    );
  });

  test('classes: IoU, accuracy and confusion over all pixels, by hand, and a picture', async () => {
    await writeFile(at('names.json'), JSON.stringify(['road', 'sky', 'car', 'Unlabelled']));
    await write('truth/a.png', '0011', '0033');
    await write('predictions/a.png', '0012', '0111');
    await write('truth/b.png', '01');
    await write('predictions/b.png', '31');
    const { status, stdout, stderr } = await run(
      ...both,
      '--classes',
      'names.json',
      '--json',
      '--picture',
      'confusion.png',
    );
    assert.equal(status, 0, stderr);
    const { classes, mIoU, pixelAccuracy, perClass, confusion, missed } = JSON.parse(stdout) as ClassOutput;
    assert.deepEqual(classes, ['road', 'sky', 'car']);
    assert.deepEqual(confusion, [
      [3, 1, 0],
      [0, 2, 1],
      [0, 0, 0],
    ]);
    assert.deepEqual(missed, [1, 0, 0]);
    assert.deepEqual(perClass, [3 / 5, 2 / 4, 0]);
    assert.ok(Math.abs(mIoU! - (0.6 + 0.5 + 0) / 3) < 1e-12);
    assert.equal(pixelAccuracy, 5 / 8);
    const picture = await sharp(await readFile(at('confusion.png'))).metadata();
    assert.ok(picture.format === 'png' && picture.width > 3 * 44 && picture.height > 3 * 44);
    assert.match(
      (await run(...both, '--classes', 'names.json')).stdout,
      /^mIoU 0\.367, pixel accuracy 0\.625, 2 images$/m,
    );
  });

  test('classes of an experiment file, with values of its own; a truth value that is none of them is told', async () => {
    const classes = [
      { name: 'road', values: [1, 7], colour: '#111111' },
      { name: 'sky', values: [2], colour: '#222222' },
    ];
    await writeFile(at('city.adapt.json'), JSON.stringify({ source: { images: 'x' }, classes }));
    await write('truth/a.png', '1722');
    await write('predictions/a.png', '7122');
    await write('truth/b.png', '1955');
    await write('predictions/b.png', '1122');
    const { status, stdout, stderr } = await run(...both, '--classes', 'city.adapt.json', '--json');
    assert.equal(status, 1);
    assert.equal((JSON.parse(stdout) as ClassOutput).mIoU, 1);
    assert.match(stderr, /^b: truth.b\.png: 1 pixels have the value 9, which means no class in city\.adapt\.json/m);
  });

  test("classes: a mask's labels count by their names, where its sidecar names a class", async () => {
    await sharp(
      new Uint8Array(16 * 16 * 3).map((_, i) => (i % 48 < 24 ? 20 : 230)),
      { raw: { width: 16, height: 16, channels: 3 } },
    )
      .png()
      .toFile(at('a.png'));
    assert.equal(
      (await callProgram(folder, 'segment', 'a.png', '-o', 'predictions', '--regions', '2', '--backend', 'cpu')).status,
      0,
    );
    const sidecar = JSON.parse(await readFile(at('predictions', 'a.mask.json'), 'utf8')) as {
      labels: { value?: number; name?: string }[];
    };
    sidecar.labels.forEach(label => {
      label.name = label.value === 1 ? 'Sky' : 'road';
    });
    await writeFile(at('predictions', 'a.mask.json'), JSON.stringify(sidecar));
    await writeFile(at('names.json'), JSON.stringify(['road', 'sky']));
    await write('truth/a.png', ...Array.from({ length: 16 }, () => '1111111100000000'));
    const { status, stdout, stderr } = await run(...both, '--classes', 'names.json', '--json');
    assert.equal(status, 0, stderr);
    assert.equal((JSON.parse(stdout) as ClassOutput).pixelAccuracy, 1);
  });

  test('colours where classes have names alone are refused, by name, and with no image scored there is no score', async () => {
    await writeFile(at('names.json'), JSON.stringify(['road', 'sky']));
    await write('truth/a.png', '01');
    await write('truth/b.png', '01');
    await write('predictions/b.png', '01');
    await sharp(Uint8Array.from([0, 0, 0, 1, 1, 1]), { raw: { width: 2, height: 1, channels: 3 } })
      .png()
      .toFile(at('predictions', 'a.png'));
    const args = [...both, '--classes', 'names.json', '--json'];
    const { status, stdout, stderr } = await run(...args);
    assert.deepEqual([status, (JSON.parse(stdout) as ClassOutput).mIoU], [1, 1]);
    assert.match(stderr, /^a: predictions.a\.png: it is a picture of colours, and the classes have names alone/m);
    await rm(at('truth', 'b.png'));
    assert.equal((JSON.parse((await run(...args)).stdout) as ClassOutput).mIoU, null);
  });

  test('a truth without a labelled pixel, and a prediction without a class, are told and not scored', async () => {
    await writeFile(at('names.json'), JSON.stringify(['road', 'sky', 'void']));
    await write('truth/a.png', '22');
    await write('predictions/a.png', '01');
    await write('truth/b.png', '01');
    await write('predictions/b.png', '78');
    await write('truth/c.png', '01');
    await write('predictions/c.png', '71');
    const { stdout, stderr } = await run(...both, '--classes', 'names.json', '--json');
    const { images, failed } = JSON.parse(stdout) as Output;
    assert.deepEqual([images.map(({ image }) => image), failed?.map(({ image }) => image)], [['c'], ['a', 'b']]);
    assert.match(
      stderr,
      /^a: truth.a\.png: none of its pixels is of a class in names\.json, so there is nothing to measure$/m,
    );
    assert.match(
      stderr,
      /^b: predictions.b\.png: none of its pixels is of a class .*: 1 pixel of the value 7, 1 pixel of/m,
    );
    assert.match(stderr, /^labelless: predictions.c\.png: no class in names\.json, .*: 1 pixel of the value 7$/m);
    await write('truth/a.png', '00');
    const segments = await run(...both);
    assert.equal(segments.status, 1);
    assert.match(
      segments.stderr,
      /^a: truth.a\.png: all its pixels are 0, so that there is nothing to measure against$/m,
    );
  });

  test("masks as truths count by names, and a mask of an image's whole name is found", async () => {
    await writeFile(at('names.json'), JSON.stringify(['road', 'sky']));
    const files = {
      ...ownMask('truth/a', 2, [1, 2], { 1: 'sky', 2: 'road' }),
      ...ownMask('predictions/a', 2, [2, 1], { 2: 'Sky', 1: 'road' }),
      ...ownMask('predictions/b.jpg', 2, [1, 2], { 1: 'road', 2: 'sky' }),
      ...ownMask('predictions/cafe\u0301', 2, [1, 2], { 1: 'road', 2: 'sky' }),
    };
    for (const [name, content] of Object.entries(files)) await writeFile(at(name), content);
    await write('truth/b.png', '01');
    await write('truth/caf\u00e9.png', '01');
    const { status, stdout, stderr } = await run(...both, '--classes', 'names.json', '--json');
    assert.equal(status, 0, stderr);
    const { images } = JSON.parse(stdout) as Output;
    assert.deepEqual(images.map(({ image, mIoU }) => [image.normalize('NFC'), mIoU]).sort(), [
      ['a', 1],
      ['b', 1],
      ['caf\u00e9', 1],
    ]);
  });

  test('wrong calls end with status 2, folders and files that cannot be used with 1', async () => {
    await write('truth/a.png', '12');
    await write('predictions/a.png', '12');
    await writeFile(at('bad.json'), '{"classes":[{"name":"one"}]}');
    await writeFile(at('twice.json'), JSON.stringify(['road', 'Road']));
    const wrong: [string[], number, RegExp][] = [
      [['--predictions', 'predictions'], 2, /wants --truth DIR/],
      [['--truth', 'truth'], 2, /wants --predictions DIR/],
      [[...both, '--wrong'], 2, /--wrong/],
      [[...both, '--picture', 'a.png'], 2, /--classes/],
      [[...both, '--classes', 'x.json', '--picture', 'a.txt'], 2, /ends in \.png/],
      [[...both, 'more'], 2, /more/],
      [['--predictions', 'none', '--truth', 'truth'], 1, /none: there is no such folder/],
      [['--predictions', 'predictions', '--truth', 'predictions/a.png'], 1, /it is no folder/],
      [[...both, '--classes', 'none.json'], 1, /none\.json: there is no such file/],
      [[...both, '--classes', 'bad.json'], 1, /bad\.json: /],
      [[...both, '--classes', 'twice.json'], 1, /two are called/],
    ];
    const results = await Promise.all(wrong.map(([args]) => run(...args)));
    results.forEach(({ status, stderr, stdout }, i) => {
      assert.equal(status, wrong[i][1], `${wrong[i][0].join(' ')}: ${stderr}`);
      assert.match(stderr, wrong[i][2]);
      assert.equal(stdout, '');
    });
  });
});
