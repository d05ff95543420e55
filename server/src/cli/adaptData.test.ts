import assert from 'node:assert/strict';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { grey, writeTree } from '../engine/dataset/testing/datasetTrees';
import { writeStreets } from '../engine/dataset/testing/streets';
import { callProgram } from './testing/callProgram';

suite('labelless adapt on labels that teach nothing, or less than they should', () => {
  let folder: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless adapt-'));
    await writeStreets(folder, { training: { steps: 2 } });
  });
  teardown(() => rm(folder, { recursive: true }));

  test('no pixel of a class is refused before a run begins, with the reason', async () => {
    const label = grey(48, Array<number>(48 * 32).fill(255));
    await writeTree(
      at('day/labels'),
      Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`${index}.png`, label])),
    );
    const { status, stdout, stderr } = await callProgram(folder, 'adapt', 'street.adapt.json', '--json');
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(
      stderr,
      /^labelless: source\.labels: No pixel of 8 files is of any of the classes: all are 255, .*\(0\.png/m,
    );
    await assert.rejects(access(at('runs')));
  });

  test('what is left out is told, on standard error and in the run', async () => {
    await rename(at('day/labels/3.png'), at('day/labels/three.png'));
    const { status, stderr } = await callProgram(folder, 'adapt', 'street.adapt.json');
    assert.equal(status, 0, stderr);
    const told = [
      'source.images: 1 image has no labels and is left out: 3.png',
      'source.labels: 1 label has no image and is left out: three.png',
    ];
    assert.deepEqual(
      stderr.split('\n').filter(line => line.includes('left out')),
      told.map(line => `labelless: ${line}`),
    );
    const messages = await readFile(at('runs/street/messages.log'), 'utf8');
    for (const line of told) assert.ok(messages.includes(line), messages);
  });
});

suite('labelless adapt to photos', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless adapt-'));
    await writeStreets(folder, { adaptation: { strategy: 'self-training' }, training: { steps: 4 } });
  });
  teardown(() => rm(folder, { recursive: true }));

  test('one photo of 24 megapixels is told to be one, and is adapted to', async () => {
    const photos = path.join(folder, 'night', 'images');
    const photo = sharp(path.join(photos, '0.png')).resize(6000, 4000, { kernel: 'nearest' });
    await photo.jpeg().toFile(path.join(folder, 'photo.jpg'));
    await rm(photos, { recursive: true });
    await writeTree(photos, { 'photo.jpg': await readFile(path.join(folder, 'photo.jpg')) });
    const { status, stderr } = await callProgram(folder, 'adapt', 'street.adapt.json', '--threads', '1');
    assert.equal(status, 0, stderr);
    assert.match(
      stderr,
      /^labelless: target\.images: Adaptation learns from 1 photo; what it learns may hold for no others/m,
    );
    const run = path.join(folder, 'runs', 'street');
    await access(path.join(run, 'checkpoints', 'step-000004.safetensors'));
    const { width, height } = await sharp(
      path.join(run, 'predictions', 'night_images_photo.jpg', 'picture.png'),
    ).metadata();
    assert.deepEqual([width, height], [48, 32]);
  });
});
