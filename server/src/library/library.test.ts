import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { decodeMaskPng } from '../../../mask/files/indexedPng';
import { openMask } from '../../../mask/files/maskFiles';
import { segment, type SegmentOptions } from './index';

suite('the library', () => {
  let folder: string;
  let file: string;
  const at = (...names: string[]) => path.join(folder, ...names);
  const [width, height] = [90, 60];

  suiteSetup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless library-'));
    file = at('photo.png');
    const band = (left: number, background: string) => ({
      input: { create: { width: 30, height, channels: 3, background } } as const,
      left,
      top: 0,
    });
    const bands = [band(0, '#205090'), band(30, '#40a040'), band(60, '#c02020')];
    await sharp({ create: { width, height, channels: 3, background: '#000000' } })
      .composite(bands)
      .png()
      .toFile(file);
  });
  suiteTeardown(() => rm(folder, { recursive: true }));

  test('divides a picture of three bands into them, with a value for each pixel', async () => {
    const { labels, labelMap, notes, ...picture } = await segment(file, { regions: 3 });
    assert.deepEqual([picture.width, picture.height, picture.method, notes], [width, height, 'clustering', []]);
    assert.deepEqual(
      labels.map(({ value, area }) => [value, area]),
      [1, 2, 3].map(value => [value, 30 * height]),
    );
    for (const [p, value] of labelMap.entries()) assert.equal(value, 1 + Math.floor((p % width) / 30), `pixel ${p}`);
  });

  test('a path, a file URL and bytes give the same labels', async () => {
    const options: SegmentOptions = { seed: 3, backend: 'cpu', threads: 1 };
    const pictures = [file, pathToFileURL(file), await readFile(file)];
    const [first, ...others] = await Promise.all(pictures.map(picture => segment(picture, options)));
    for (const other of others) assert.deepEqual(other.labelMap, first.labelMap);
  });

  test('another cut comes from the same hierarchy, and leaves the first as it is', async () => {
    const fine = await segment(file, { granularity: 1 });
    const before = fine.labels.length;
    const coarse = fine.at({ granularity: 0 });
    assert.ok(coarse.labels.length < before, `${coarse.labels.length} < ${before}`);
    assert.deepEqual([coarse.at({ granularity: 1 }).labelMap, fine.labels.length], [fine.labelMap, before]);
    assert.throws(() => fine.at({ granularity: 1.5 }), /from 0 to 1, not 1\.5/);
    assert.throws(() => fine.at({ regions: 0 }), /from 1, not 0/);
  });

  test('writes the mask that it encodes, with the sidecar of the picture, into any folder', async () => {
    const picture = await segment(await readFile(file), { name: 'frame.jpg', regions: 2 });
    const { files } = await picture.write({ folder: at('out'), formats: ['mask', 'npy'] });
    assert.deepEqual(files, {
      mask: at('out', 'frame.mask.png'),
      npy: at('out', 'frame.mask.npy'),
      sidecar: at('out', 'frame.mask.json'),
    });
    const png = await readFile(at('out', 'frame.mask.png'));
    assert.deepEqual([...png], [...picture.maskPng()]);
    assert.deepEqual(Uint16Array.from(decodeMaskPng(png).labels), picture.labelMap);
    const { document } = openMask(png, await readFile(at('out', 'frame.mask.json')));
    assert.equal(document.view().labels.length, picture.labels.length);
  });

  test('replaces nothing that Labelless did not write', async () => {
    const picture = await segment(file);
    await writeFile(at('photo.mask.png'), 'mine');
    await assert.rejects(picture.write(), /photo\.mask\.png exists and was not written by Labelless/);
    assert.equal(await readFile(at('photo.mask.png'), 'utf8'), 'mine');
    assert.deepEqual(
      (await readdir(folder)).filter(name => name.endsWith('.json')),
      [],
    );
    await rm(at('photo.mask.png'));
  });

  test('tells of progress, and ends by the signal; the next call begins then', async () => {
    const seen: number[] = [];
    const settings = { 'clustering.iterations': 3 };
    await segment(file, { settings, onProgress: ({ iteration }) => seen.push(iteration) });
    assert.deepEqual([...new Set(seen)], [0, 1, 2, 3]);
    const ending = new AbortController();
    const ended = segment(file, { signal: ending.signal, onProgress: () => ending.abort(new Error('enough')) });
    const next = segment(file);
    await assert.rejects(ended, /enough/);
    assert.equal((await next).width, width);
  });

  test('names the picture and the reason where one cannot be read', async () => {
    await assert.rejects(segment(at('none.png')), /^ImageError: none\.png: there is no such file$/);
    await assert.rejects(segment(Buffer.from('text'), { name: 'a.png' }), /a\.png: it is not an image/);
    await assert.rejects(segment(new Uint8Array()), /picture\.png: it is empty/);
    const large = { settings: { 'limits.megapixels': 0.01 } };
    await assert.rejects(
      segment(await sharp(file).resize(200).png().toBuffer(), large),
      /above the limit of 0\.01 megapixels/,
    );
  });

  test('refuses wrong options by name', async () => {
    const wrong: [options: object, RegExp][] = [
      [{ granularty: 0.5 }, /no option granularty/],
      [{ granularity: 2 }, /granularity: it has to be at most 1/],
      [{ regions: 3, granularity: 0.5 }, /regions and granularity/],
      [{ method: 'magic' }, /method/],
      [{ method: 'adapted' }, /wants a checkpoint/],
      [{ method: 'continuity', checkpoint: 'run' }, /checkpoint goes with the method adapted/],
      [{ settings: { 'no.such': 1 } }, /no setting no\.such/],
      [{ settings: { 'clustering.iterations': 0 } }, /clustering\.iterations/],
    ];
    for (const [options, message] of wrong) await assert.rejects(segment(file, options), message);
    await assert.rejects(segment(3 as never), /a picture is the path/);
  });
});
