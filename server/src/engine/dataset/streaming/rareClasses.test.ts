import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../common/random';
import { experimentSchema } from '../../experiment/experimentSchema';
import { grey, photo, writeTree } from '../testing/datasetTrees';
import type { Batch, ExperimentData } from './experimentData';
import { openExperimentData, type DataOptions } from './openExperimentData';
import { drawRareClasses, rareClassProbabilities } from './rareClasses';

const [side, area] = [16, 256];
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** How often each of so many pictures is drawn, as a share. */
function sharesOf(draw: ReturnType<typeof drawRareClasses>, pictures: number, draws = 40_000) {
  const next = seededRandom(5);
  const counts = Array<number>(pictures).fill(0);
  for (let n = 0; n < draws; n++) counts[draw(next)] += 1 / draws;
  return counts;
}

suite('Rare-class sampling', () => {
  test('favours rare classes by the temperature', () => {
    // Python: w = [exp((1 - f) / T) for f in shares]; [x / sum(w) for x in w]
    const near = (found: number[], expected: number[]) => {
      found.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) < 1e-6, found.join()));
    };
    near(rareClassProbabilities([0.9, 0.3, 0], 0.5), [0.096434, 0.320173, 0.583393]);
    near(rareClassProbabilities([0.9, 0.3, 0], 1e-9), [0, 0, 1]);
    near(rareClassProbabilities([0.5, 0.5], 0.01), [0.5, 0.5]);
  });

  test('draws the pictures that hold a class alike', () => {
    const pixels = (...counts: [number, number][]) => new Map(counts);
    const draw = drawRareClasses(
      [
        { index: 0, pixels: pixels([0, 60]) },
        { index: 3, pixels: pixels([0, 20]) },
        { index: 4, pixels: pixels([0, 10], [7, 10]) },
      ],
      0.4,
    );
    // Class 7 has 0.1 of the pixels, class 0 has 0.9: probabilities 1 / (1 + exp(-0.8 / 0.4)) = 0.880797 and 0.119203.
    const expected = [0.119203 / 3, 0, 0, 0.119203 / 3, 0.880797 + 0.119203 / 3];
    sharesOf(draw, 5).forEach((share, index) =>
      assert.ok(Math.abs(share - expected[index]) < 0.01, `${index} ${share}`),
    );
  });

  test('draws alike where nothing is labelled', () => {
    const draw = drawRareClasses(
      range(4).map(index => ({ index, pixels: new Map<number, number>() })),
      0.01,
    );
    for (const share of sharesOf(draw, 4)) assert.ok(Math.abs(share - 0.25) < 0.01);
  });
});

suite('batches with rare classes', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-rare-'));
    const image = await photo(side, side);
    // Sky everywhere, and in the last picture alone a pole.
    for (const index of range(10)) {
      const labels = range(area).map(p => (index === 9 && p % side < 4 ? 11 : 10));
      await writeTree(root, { [`images/${index}.png`]: image, [`labels/${index}.png`]: grey(side, labels) });
    }
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const open = (training: object, options: Partial<DataOptions> = {}) =>
    openExperimentData(
      experimentSchema.parse({
        source: { holdOut: 0 },
        classes: [
          { name: 'sky', values: [10], colour: '#0000ff' },
          { name: 'pole', values: [11], colour: '#ff0000' },
        ],
        adaptation: { strategy: 'none' },
        training: { batch: 4, size: [side, side], augmentation: { enabled: false }, ...training },
      }),
      root,
      { onProblem: () => undefined, script: path.resolve('dist/data.js'), threads: 1, ...options },
    );
  const take = async (data: ExperimentData, count: number, cursor = 0, size?: [number, number]): Promise<Batch[]> => {
    const stream = await data.openSource(cursor, size && { batch: 4, size });
    const batches: Batch[] = [];
    for (let n = 0; n < count; n++) batches.push(await stream.next());
    await stream.close();
    return batches;
  };
  const polesIn = (batches: readonly Batch[]) =>
    batches
      .flatMap(({ labels }) => range(4).map(n => labels!.data[n * labels!.shape[2] * labels!.shape[3]]))
      .filter(label => label === 1).length;

  test('show them sooner, and the same pictures from a cursor on, whatever the threads and the size', async () => {
    const rare = { rareClassSampling: 0.01 };
    const batches = await take(await open(rare), 8);
    assert.equal(polesIn(batches), 32); // exp(0.95 / 0.01) to 1
    assert.ok(polesIn(await take(await open({}), 8)) < 10);
    const even = { rareClassSampling: 2 };
    const mixed = await take(await open(even), 8);
    assert.ok(polesIn(mixed) > 10 && polesIn(mixed) < 32, String(polesIn(mixed)));
    assert.deepEqual(await take(await open(even, { threads: 3 }), 3, 5), mixed.slice(5));
    const larger = await take(await open(even), 8, 0, [32, 32]);
    assert.deepEqual(
      larger.map(batch => polesIn([batch])),
      mixed.map(batch => polesIn([batch])),
    );
  });

  test('are refused before the first one where too many pictures cannot be read', async () => {
    await writeTree(root, { 'labels/9.png': grey(3, [11, 11, 11]) });
    await assert.rejects(
      (await open({ rareClassSampling: 0.01 })).openSource(),
      /source: 1 of 10 files cannot be used/,
    );
  });

  test('the reading of labels can be stopped', async () => {
    const stop = new AbortController();
    const data = await open({ rareClassSampling: 0.01 }, { signal: stop.signal });
    stop.abort();
    await assert.rejects(data.openSource(), { name: 'AbortError' });
  });
});
