import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { writeClasses, writeLabelledStreet, writeStreet } from '../engine/learning/testing/labelledStreets';
import { callProgram } from './testing/callProgram';

suite('labelless learn', function () {
  this.timeout(120_000);
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless learn-'));
  });
  teardown(() => rm(folder, { recursive: true }));
  const run = (...args: string[]) => callProgram(folder, ...args);
  const hasMask = (name: string) => existsSync(path.join(folder, 'photos', `${name}.mask.png`));

  test('trains on the approved masks, proposes the rest, and takes it back', async () => {
    const photos = path.join(folder, 'photos');
    await mkdir(photos);
    writeClasses(photos);
    for (const seed of [1, 2, 3]) await writeLabelledStreet(photos, `labelled ${seed}`, seed, 'approved');
    for (const seed of [4, 5]) await writeStreet(photos, `new ${seed}`, seed);
    const learned = await run('learn', 'photos', '--steps', '3', '--scales', '1', '--threads', '1', '--json');
    assert.equal(learned.status, 0, learned.stderr);
    assert.match(learned.stderr, /^labelless: round 1 learns from 3 labelled images$/m);
    const { round, labelled, images } = JSON.parse(learned.stdout) as {
      round: number;
      labelled: number;
      images: { image: string; proposed: boolean }[];
    };
    assert.deepEqual([round, labelled], [1, 3]);
    assert.deepEqual(
      images.map(({ image, proposed }) => [image, proposed]),
      [
        ['new 4.png', true],
        ['new 5.png', true],
      ],
    );
    assert.match((await run('status', 'photos')).stdout, /^ {2}proposed +2$/m);
    const undone = await run('learn', 'photos', '--undo');
    assert.deepEqual([undone.status, undone.stdout], [0, 'round 1: 2 images as before it\n']);
    assert.ok(!hasMask('new 4') && !hasMask('new 5') && hasMask('labelled 1'));
    const again = await run('learn', 'photos', '--undo');
    assert.equal(again.status, 1);
    assert.match(again.stderr, /there is no round to undo in photos/);
  });

  test('takes images of several sizes, upright ones among them', async () => {
    const photos = path.join(folder, 'photos');
    await mkdir(photos);
    writeClasses(photos);
    const sizes = [
      [96, 72],
      [60, 100],
      [160, 40],
    ] as const;
    for (const [seed, [width, height]] of sizes.entries()) {
      await writeLabelledStreet(photos, `labelled ${seed}`, seed, 'approved', { width, height });
      await writeStreet(photos, `new ${seed}`, seed + 3, width, height);
    }
    const { status, stderr } = await run('learn', 'photos', '--steps', '3', '--scales', '1', '--threads', '1');
    assert.equal(status, 0, stderr);
    for (const [seed, size] of sizes.entries()) {
      const { width, height } = await sharp(path.join(photos, `new ${seed}.mask.png`)).metadata();
      assert.deepEqual([width, height], size);
    }
  });

  test('says what it needs', async () => {
    await writeStreet(folder, 'new', 1);
    const reason = async () => {
      const { status, stderr } = await run('learn', '.');
      assert.equal(status, 1);
      return stderr;
    };
    assert.match(await reason(), /has no class list: make one with New Class List/);
    writeClasses(folder);
    await writeLabelledStreet(folder, 'labelled', 1, 'approved', { only: 0 });
    assert.match(await reason(), /have one class only, sky: a network needs two to tell apart; label another class/);
  });
});
