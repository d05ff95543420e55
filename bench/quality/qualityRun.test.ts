import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { encodeMaskPng } from '../../mask/files/indexedPng';
import { Rows } from './qualityRun';

suite('rows of a benchmark', () => {
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless-rows-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('are made once, also after a line that was cut off; another version makes them anew', async () => {
    const labels = Uint16Array.of(1, 1, 2, 2);
    const photo = { id: 'a', file: path.join(folder, 'a.png'), truths: [path.join(folder, 'a.0.png')] };
    await sharp(new Uint8Array(12), { raw: { width: 2, height: 2, channels: 3 } })
      .png()
      .toFile(photo.file);
    await writeFile(photo.truths[0], encodeMaskPng({ width: 2, height: 2, labels }, []));
    let runs = 0;
    const method = {
      name: 'm',
      settings: ['one'],
      segment: () => Promise.resolve({ maps: [labels], seconds: ++runs, processor: 1 }),
    };
    const file = path.join(folder, 'out', 'rows.jsonl');

    const first = await (await Rows.open(file, 'v1')).row(method, photo);
    assert.equal(first.scores[0].meanIoU, 1);
    await appendFile(file, '{"method":"m","pho');
    assert.deepEqual(await (await Rows.open(file, 'v1')).row(method, photo), JSON.parse(JSON.stringify(first)));
    assert.equal(runs, 1);
    await (await Rows.open(file, 'v2')).row(method, photo);
    assert.equal(runs, 2);
    assert.equal((await readFile(file, 'utf8')).split('\n').filter(line => line.endsWith('}')).length, 2);
  });
});
