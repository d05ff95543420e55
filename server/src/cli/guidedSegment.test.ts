import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { decodeMaskPng } from '../../../mask/files/indexedPng';
import { callProgram } from './testing/callProgram';

interface SidecarLabel {
  value?: number;
  name?: string;
  colour?: string;
}

suite('labelless segment --reference', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const run = (...args: string[]) => callProgram(folder, 'segment', '--backend', 'cpu', ...args);

  /** A picture of a red and a blue side, the red one `red` pixels wide. */
  const picture = async (name: string, red: number) => {
    const rgb = new Uint8Array(64 * 48 * 3).map(
      (_, i) => [(i / 3) % 64 < red ? 200 : 30, 40, (i / 3) % 64 < red ? 30 : 180][i % 3],
    );
    await sharp(rgb, { raw: { width: 64, height: 48, channels: 3 } })
      .png()
      .toFile(at(name));
  };
  const labelsOf = async (image: string) =>
    (JSON.parse(await readFile(at(`${image}.mask.json`), 'utf8')) as { labels: SidecarLabel[] }).labels;
  /** The label at a pixel of the middle row. */
  const labelAt = async (image: string, x: number) => {
    const { labels } = decodeMaskPng(await readFile(at(`${image}.mask.png`)));
    return (await labelsOf(image)).find(({ value }) => value === labels[24 * 64 + x]);
  };

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless reference-'));
    await picture('a.png', 32);
    await picture('b.png', 20);
    await picture('c.png', 44);
  });
  teardown(() => rm(folder, { recursive: true }));

  test('labels the images after the -- by what it learned before it; labels have one name and colour in all', async () => {
    const byColours = ['--set', 'together.features=colours'];
    const { status, stdout, stderr } = await run(...byColours, '--reference', 'a.png', 'c.png', '--', 'b.png', 'c.png');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /learned \d+ labels from 2 references in \d+ iterations?/);
    assert.deepEqual((await readdir(folder)).filter(name => name.endsWith('.mask.png')).sort(), [
      'b.mask.png',
      'c.mask.png',
    ]);
    assert.match(stdout, /^b\.png → b\.mask\.png/m);
    for (const x of [10, 54]) {
      const [b, c] = [await labelAt('b', x), await labelAt('c', x)];
      assert.ok(b?.name && b.colour);
      assert.deepEqual([b.name, b.colour], [c?.name, c?.colour]);
    }
    assert.notEqual((await labelAt('b', 10))?.name, (await labelAt('b', 54))?.name);
  });

  test("names in a reference's mask carry over", async () => {
    assert.equal((await run('--reference', 'a.png', '--', 'a.png')).status, 0);
    const sidecar = JSON.parse(await readFile(at('a.mask.json'), 'utf8')) as { labels: SidecarLabel[] };
    const red = await labelAt('a', 10);
    for (const label of sidecar.labels) {
      if (label.name !== red?.name) continue;
      label.name = 'fire';
      label.colour = '#ff8800';
    }
    await writeFile(at('a.mask.json'), JSON.stringify(sidecar));
    const { status, stderr } = await run('--reference', 'a.png', '--', 'b.png');
    assert.equal(status, 0, stderr);
    const [left, right] = [await labelAt('b', 10), await labelAt('b', 54)];
    assert.deepEqual([left?.name, left?.colour], ['fire', '#ff8800']);
    assert.notEqual(right?.name, 'fire');
  });

  test('wrong calls end with status 2, a reference that cannot be used with 1 and nothing written', async () => {
    const wrong: [string[], number, RegExp][] = [
      [['--reference', 'a.png', 'b.png'], 2, /after the -- the images to segment are wanted/],
      [['--reference', 'a.png', '--'], 2, /after the --/],
      [
        ['--reference', 'a.png', '--method', 'continuity', '--', 'b.png'],
        2,
        /--reference goes with --method clustering/,
      ],
      [['--reference', 'none.png', '--', 'b.png'], 1, /none\.png: there is no such file/],
    ];
    for (const [args, expected, message] of wrong) {
      const { status, stderr } = await run(...args);
      assert.equal(status, expected, stderr);
      assert.match(stderr, message);
    }
    assert.deepEqual(
      (await readdir(folder)).filter(name => name.includes('.mask.')),
      [],
    );
  });
});

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
