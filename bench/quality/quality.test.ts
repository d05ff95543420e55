import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { encodeMaskPng } from '../../mask/files/indexedPng';
import type { Row } from './qualityRow';
import { Rows } from './qualityRun';
import type { ImageScores } from '../../server/src/engine/metrics/imageScores';
import { metricDifference, metrics, ods, ois } from './bestScores';

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

/** A row whose figures are `value` (VOI 1 - `value`) by setting; `right` of 100 boundary pixels on both sides. */
function row(photo: number, values: readonly number[], right = 50): Row {
  const scores = values.map((value): ImageScores => ({
    meanIoU: value,
    meanIoUFine: value,
    meanIoUCoarse: value,
    covering: value,
    randIndex: value,
    variation: 1 - value,
    boundary: { predicted: 100, right, drawn: 100, found: right },
    segments: 1,
  }));
  return { method: 'm', photo: String(photo), version: 'v', seconds: 1, processor: 1, scores };
}

const metric = (name: string) => metrics.find(one => one.name === name)!;

suite('best settings', () => {
  const rows = [row(1, [0.2, 0.6, 0.5]), row(2, [0.9, 0.5, 0.1])];

  test('one for all photos, or one for each, by hand', () => {
    const { value, setting } = ods(rows, metric('covering'));
    assert.deepEqual([value, setting], [0.55, 0]);
    assert.equal(ois(rows, metric('covering')).value, 0.75);
  });

  test('the least where less is better', () => {
    assert.ok(Math.abs(ods(rows, metric('VOI')).value - 0.45) < 1e-12);
    assert.ok(Math.abs(ois(rows, metric('VOI')).value - 0.25) < 1e-12);
  });

  test("boundary F is of all photos' pixels together", () => {
    assert.ok(Math.abs(ods([row(1, [0], 20), row(2, [0], 60)], metric('boundary F')).value - 0.4) < 1e-12);
  });

  test('a difference of every photo by as much has an interval of no width', () => {
    const [better, worse] = [
      [0.5, 0.7, 0.9],
      [0.4, 0.6, 0.8],
    ].map(values =>
      ods(
        values.map((value, i) => row(i, [value])),
        metric('mIoU'),
      ),
    );
    for (const bound of Object.values(metricDifference(better, worse, metric('mIoU'))))
      assert.ok(Math.abs(bound - 0.1) < 1e-9);
  });

  test('an interval holds the difference and is that of the mean: ±1.96 of its standard error', () => {
    const count = 400;
    const a = ods(
      Array.from({ length: count }, (_, i) => row(i, [i % 2 ? 0.9 : 0.5])),
      metric('mIoU'),
    );
    const b = ods(
      Array.from({ length: count }, (_, i) => row(i, [0.5])),
      metric('mIoU'),
    );
    const { value, low, high } = metricDifference(a, b, metric('mIoU'));
    assert.ok(Math.abs(value - 0.2) < 1e-9);
    const half = (1.96 * 0.2) / Math.sqrt(count);
    assert.ok(Math.abs(low - (0.2 - half)) < 0.003 && Math.abs(high - (0.2 + half)) < 0.003, `${low} … ${high}`);
  });
});
