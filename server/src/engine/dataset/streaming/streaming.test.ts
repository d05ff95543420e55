import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import type { Batch, BatchStream, Example, ExperimentData } from './experimentData';
import { experimentSchema } from '../../experiment/experimentSchema';
import { memoryData } from '../testing/memoryData';
import { street, streetClasses, type LabelledPicture } from '../testing/streets';
import { openExperimentData, type DataOptions } from './openExperimentData';
import type { FileProblem } from './batchWorker';
import { grey, photo, writeTree } from '../testing/datasetTrees';
import { normalisedPicture, denormalisedPicture } from './imageNormalisation';

const [width, height] = [24, 16];
const classes = streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [10 + index] }));
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const name = (index: number) => String(index).padStart(4, '0');

suite("an experiment's data streamed from disk", () => {
  let root: string;
  let problems: FileProblem[];
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-stream-'));
    problems = [];
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const experiment = (change: object = {}) =>
    experimentSchema.parse({
      source: { root: 'day' },
      target: { images: 'night' },
      classes,
      training: { batch: 3, size: [width, height] },
      evaluation: { root: 'truth' },
      output: { previews: 2 },
      ...change,
    });
  const open = (change: object = {}, options: Partial<DataOptions> = {}) =>
    openExperimentData(experiment(change), root, {
      onProblem: problem => {
        problems.push(problem);
      },
      script: path.resolve('dist/data.js'),
      threads: 1,
      ...options,
    });
  const png = ({ picture: { width: w, height: h, rgb } }: LabelledPicture) =>
    sharp(rgb, { raw: { width: w, height: h, channels: 3 } })
      .png()
      .toBuffer();
  const truth = ({ picture, labels }: LabelledPicture) =>
    grey(
      picture.width,
      [...labels].map(label => 10 + label),
    );

  /** Writes streets of the size at which training keeps pictures; the target's in a subfolder. */
  async function streets(count: number) {
    const seeds = range(count);
    const [source, target] = [
      seeds.map(seed => street(36, 24, seed, 'day')),
      seeds.map(seed => street(36, 24, 100 + seed, 'night')),
    ];
    const evaluation = range(3).map(seed => street(width, height, 200 + seed, 'night'));
    for (const index of seeds) {
      await writeTree(root, {
        [`day/images/${name(index)}.png`]: await png(source[index]),
        [`day/labels/${name(index)}.png`]: truth(source[index]),
        [`night/camera 1/${name(index)}.png`]: await png(target[index]),
      });
    }
    for (const [index, one] of evaluation.entries())
      await writeTree(root, {
        [`truth/images/${index}.png`]: await png(one),
        [`truth/labels/${index}.png`]: truth(one),
      });
    return { classes: streetClasses, source, target: target.map(({ picture }) => picture), evaluation };
  }

  async function take(stream: BatchStream, count: number): Promise<Batch[]> {
    const batches: Batch[] = [];
    for (let n = 0; n < count; n++) batches.push(await stream.next());
    await stream.close();
    return batches;
  }
  async function all(examples: AsyncIterable<Example>): Promise<Example[]> {
    const found: Example[] = [];
    for await (const example of examples) found.push(example);
    return found;
  }
  const source = async (data: ExperimentData, count: number, cursor = 0) => take(await data.openSource(cursor), count);

  test('gives the batches, examples and classes that the same pictures in memory give', async () => {
    const pictures = await streets(7);
    const [disk, memory] = [await open(), memoryData(experiment(), pictures)];
    assert.deepEqual(await source(disk, 5), await source(memory, 5));
    assert.deepEqual(await take(await disk.openTarget(), 5), await take(await memory.openTarget(), 5));
    assert.deepEqual(
      await all(disk.evaluation()),
      (await all(memory.evaluation())).map(example => ({ ...example, name: `truth/images/${example.name}.png` })),
    );
    assert.deepEqual(disk.classes, streetClasses);
    assert.deepEqual(
      (await all(disk.previews())).map(example => [example.name, example.labels]),
      [
        ['night/camera 1/0000.png', undefined],
        ['night/camera 1/0003.png', undefined],
      ],
    );
    assert.deepEqual(problems, []);
  });

  test('a stream opened at a cursor goes on where the other stood, whatever the threads', async () => {
    await streets(7);
    const first = await (await open()).openSource();
    const batches = await Promise.all(range(6).map(() => first.next()));
    assert.equal(first.cursor(), 6);
    await first.close();
    assert.deepEqual(await source(await open({}, { threads: 3 }), 3, 3), batches.slice(3));
    await assert.rejects((await open()).openSource('3'), /damaged/);
  });

  test('held-out pictures are in no batch, and are examples to measure on and to preview', async () => {
    const pictures = await streets(10);
    const alone = { adaptation: { strategy: 'none' }, target: undefined, evaluation: undefined };
    const data = await open(alone);
    const held = (await all(data.heldOut())).map(example => example.name);
    // printf '000N.png' | sha256sum is lowest for N = 3: 261f50b1, then 3d89ba8e for N = 4.
    assert.deepEqual(held, ['day/images/0003.png']);
    const trained = pictures.source.filter((_, index) => index !== 3);
    const memory = memoryData(experiment(alone), { ...pictures, source: trained });
    assert.deepEqual(await source(data, 8), await source(memory, 8));
    const [example] = await all(data.heldOut());
    assert.deepEqual(example.labels?.shape, [1, 1, height, width]);
    assert.deepEqual(
      (await all(data.previews())).map(({ name: shown }) => shown),
      held,
    );
    assert.match(
      data.describeHoldOut()!,
      /^source: of 10 labelled pictures 1 is held out from training, to measure on$/,
    );
    assert.equal(Object.keys((await data.listing()).source!).length, 10);

    assert.equal((await open({ ...alone, source: { root: 'day', holdOut: 0 } })).describeHoldOut(), undefined);
    const few = await open({ ...alone, source: { root: 'day', limit: 4 } });
    assert.deepEqual(await all(few.heldOut()), []);
    assert.match(few.describeHoldOut()!, /of 4 labelled pictures none is held out .*, since there are fewer than 5$/);
    assert.deepEqual(await all((await open()).heldOut()), []);
  });

  test('a bad file is told once and left out, the same pictures in its place whatever the threads', async () => {
    await streets(2);
    const [image, labels] = [await photo(36, 24), grey(36, Array<number>(36 * 24).fill(11))];
    await writeTree(
      root,
      Object.fromEntries(
        range(100).flatMap(index => [
          [`day/images/x${name(index)}.png`, image],
          [`day/labels/x${name(index)}.png`, labels],
        ]),
      ),
    );
    await writeTree(root, { 'day/images/x0050.png': image.subarray(0, 60) });
    const training = { batch: 16, size: [width, height] };
    const alone = await source(await open({ training }), 20);
    assert.deepEqual(
      problems.map(({ file, reason }) => [path.relative(root, file), reason.slice(0, 24)]),
      [[path.join('day/images', 'x0050.png'), 'it is damaged or cut off']],
    );
    assert.deepEqual(await source(await open({ training }, { threads: 3 }), 20), alone);
  });

  test('more than one in a hundred stop it, with how many and the first three', async () => {
    await streets(12);
    await writeTree(root, {
      'day/labels/0000.png': grey(3, [10, 10, 10]),
      'day/images/0001.png': 'no picture',
      'day/labels/0005.png': '',
    });
    const data = await open({ training: { batch: 12, size: [width, height], augmentation: { enabled: false } } });
    await assert.rejects(source(data, 5), (error: Error) => {
      assert.match(error.message, /^source: [123] of 12 files cannot be used, more than 1 %: /);
      return [
        /0000\.png \(its labels are 3×1 pixels, the image has 36×24\)/,
        /0001\.png \(it is not an image/,
        /0005\.png \(it is empty/,
      ].some(problem => problem.test(error.message));
    });
    assert.equal(new Set(problems.map(({ file }) => file)).size, problems.length);
  });

  test('a photo turned by EXIF is read as it is seen', async () => {
    await streets(1);
    const halves = sharp({ create: { width: 24, height: 36, channels: 3, background: '#000000' } }).composite([
      { input: Buffer.from(await photo(24, 18, 'png', '#ffffff')), gravity: 'south' },
    ]);
    const turned = await sharp(await halves.png().toBuffer())
      .withMetadata({ orientation: 8 })
      .jpeg({ quality: 100 })
      .toBuffer();
    await rm(path.join(root, 'truth'), { recursive: true });
    await writeTree(root, {
      'truth/images/a.jpg': turned,
      'truth/labels/a.png': grey(36, Array<number>(36 * 24).fill(12)),
    });
    const [{ image }] = await all((await open()).evaluation());
    // Orientation 8: to be turned a quarter to the left, which brings the white lower half to the right.
    assert.deepEqual([image.data[0] < 0, image.data[width - 1] > 0], [true, true]);
  });

  test('a scale below 1 surrounds the picture with what is neither light nor labelled', async () => {
    await streets(1);
    const [{ images, labels }] = await source(
      await open({ training: { batch: 1, size: [width, height], augmentation: { scale: [0.5, 0.5] } } }),
      1,
    );
    const inside = [...labels!.data].map(label => label !== 255);
    assert.equal(inside.filter(Boolean).length, (width * height) / 4);
    assert.ok(inside.every((is, p) => is || images.data[p] === 0));
  });

  test('a run is measured where its source is no more; training there says what is missing', async () => {
    await streets(1);
    const data = await open({ source: { root: 'gone' }, target: { images: 'gone' } });
    assert.equal((await all(data.evaluation())).length, 3);
    await assert.rejects(data.openSource(), /gone.*there is no such folder/);
    await assert.rejects(data.openTarget(), /gone.*there is no such folder/);
    await assert.rejects(open({ evaluation: { root: 'gone' } }), /there is no such folder/);
    await assert.rejects(
      open({ evaluation: { images: 'night', labels: 'day' } }),
      /evaluation: no image in .*night has labels in .*day/,
    );
    await assert.rejects(open({ classes: [classes[0], classes[0]] }), /classes: two are called sky/);
  });

  test('threads that end are an error, not silence', async () => {
    await streets(1);
    const script = path.join(root, 'ends.js');
    await writeFile(script, 'process.exit(3);');
    await assert.rejects(source(await open({}, { script }), 1), /ended unexpectedly|no thread is left/);
    await writeFile(script, 'throw new Error("out of order");');
    await assert.rejects(source(await open({}, { script }), 1), /out of order/);
  });
});

suite('pictures as networks see them', () => {
  test('are normalised as torchvision does, and come back whole', () => {
    const picture = { width: 2, height: 1, rgb: Uint8Array.of(0, 128, 255, 124, 116, 104) };
    const { shape, data } = normalisedPicture(picture);
    assert.deepEqual(shape, [1, 3, 1, 2]);
    // (value / 255 - mean) / spread by hand, channel by channel
    [-2.117904, 0.005566, 0.205182, -0.004902, 2.64, 0.008192].forEach((expected, index) => {
      assert.ok(Math.abs(data[index] - expected) < 1e-5, `${index}: ${data[index]}`);
    });
    assert.deepEqual(denormalisedPicture({ shape, data }), picture);
  });
});
