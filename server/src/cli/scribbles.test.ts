import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { decodeMaskPng } from '../../../mask/files/indexedPng';
import { callProgram } from './testing/program';

suite('labelless segment --scribbles', () => {
  let folder: string;
  const [width, height] = [72, 48];
  const at = (name: string) => path.join(folder, name);
  const run = (...args: string[]) => callProgram(folder, 'segment', 'photo.png', '--backend', 'cpu', ...args);

  /** A grey PNG of the value that a function gives each pixel. */
  const grey = (name: string, value: (x: number, y: number) => number, size = width) =>
    sharp(
      Uint8Array.from({ length: size * height }, (_, p) => value(p % size, Math.floor(p / size))),
      { raw: { width: size, height, channels: 1 } },
    )
      .toColourspace('b-w')
      .png()
      .toFile(at(name));

  /** Three bands: red, blue, red again. */
  const bands = (x: number) => Math.floor(x / 24);

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless scribbles-'));
    const rgb = Uint8Array.from(
      { length: width * height * 3 },
      (_, i) =>
        [
          [200, 40, 30],
          [30, 40, 180],
          [200, 40, 30],
        ][bands(Math.floor(i / 3) % width)][i % 3],
    );
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(at('photo.png'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('labels are what was drawn, called by its values, and reach as far as the picture is alike', async () => {
    // Strokes a pixel thin in the first two bands: 7 on red, 0 on blue.
    await grey('photo.scribble.png', (x, y) =>
      y !== 20 || x % 24 < 8 || x % 24 > 15 || bands(x) === 2 ? 255 : bands(x) === 0 ? 7 : 0,
    );
    const { status, stderr } = await run('--scribbles', 'photo.scribble.png', '-o', 'out');
    assert.equal(status, 0, stderr);
    const { labels } = decodeMaskPng(await readFile(at('out/photo.mask.png')));
    const sidecar = JSON.parse(await readFile(at('out/photo.mask.json'), 'utf8')) as {
      labels: { value?: number; name?: string }[];
      run: { method: string };
    };
    assert.equal(sidecar.run.method, 'scribbles');
    const nameAt = (x: number, y: number) => sidecar.labels.find(({ value }) => value === labels[y * width + x])?.name;
    assert.deepEqual(
      [
        [12, 20],
        [36, 20],
      ].map(([x, y]) => nameAt(x, y)),
      ['7', '0'],
      'the strokes themselves',
    );
    assert.deepEqual(
      [
        [4, 40],
        [44, 6],
        [62, 30],
      ].map(([x, y]) => nameAt(x, y)),
      ['7', '0', '7'],
      'what is like them',
    );
  });

  test('a file that cannot be scribbles of the image is refused by name, and nothing is written', async () => {
    await grey('empty.png', () => 255);
    await grey('small.png', x => (x === 2 ? 1 : 255), 50);
    await grey('right.png', x => (x === 2 ? 1 : 255));
    const [empty, small, missing, twice, method] = [
      await run('--scribbles', 'empty.png'),
      await run('--scribbles', 'small.png'),
      await run('--scribbles', 'none.png'),
      await run('photo.png', 'right.png', '--scribbles', 'right.png'),
      await run('--scribbles', 'right.png', '--method', 'superpixel'),
    ];
    assert.match(empty.stderr, /empty\.png: nothing is drawn in it/);
    assert.match(small.stderr, /photo\.png: small\.png is 50×48 pixels, the image as displayed 72×48/);
    assert.match(missing.stderr, /none\.png: there is no such file/);
    assert.match(twice.stderr, /--scribbles is of one image/);
    assert.match(method.stderr, /--scribbles is a method of its own/);
    assert.deepEqual(
      [empty, small, missing, twice, method].map(({ status }) => status),
      [1, 1, 1, 2, 2],
    );
    assert.deepEqual(
      (await readdir(folder)).filter(name => name.includes('.mask.')),
      [],
    );
  });
});
