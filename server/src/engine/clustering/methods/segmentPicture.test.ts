import assert from 'node:assert/strict';
import { settingsSchema, type ClusteringMethodName } from '../../../../../protocol/settings';
import { cut } from '../../../../../mask/regions/cut';
import { openBackend } from '../../backend/openBackend';
import type { Picture } from '../../image/picture';
import type { MethodProgress, MethodResult } from '../../common/methodRun';
import { connectedRegions } from '../../pixels/connectedRegions';
import { segmentPicture } from './segmentPicture';
import { paint, scene } from '../../pixels/testing/pictures';

const cpu = () => openBackend('cpu', { threads: 1 });
const never = new AbortController().signal;
const settings = (seed = 1) =>
  settingsSchema.parse({
    seed,
    superpixel: { iterations: 4, channels: 8, superpixels: 200 },
    continuity: { iterations: 4, channels: 8 },
  });

async function segment(
  picture: Picture,
  method: ClusteringMethodName,
  seed = 1,
  limit = 3000,
): Promise<{ result: MethodResult; progress: MethodProgress[] }> {
  const chosen = settings(seed);
  const run = segmentPicture(picture, method, { ...chosen, limits: { ...chosen.limits, memory: limit } }, cpu, {
    stop: never,
    cancel: never,
  });
  const progress: MethodProgress[] = [];
  for (;;) {
    const next = await run.next();
    if (next.done) return { result: next.value, progress };
    progress.push(next.value);
  }
}

function assertSound({ regions, hierarchy }: MethodResult, picture: Picture): void {
  assert.deepEqual([regions.width, regions.height], [picture.width, picture.height]);
  assert.equal(new Set(regions.ids).size, regions.count);
  assert.equal(
    connectedRegions(regions.ids, regions.width, regions.height, 0).count,
    regions.count,
    'regions are connected',
  );
  assert.equal(hierarchy.count, regions.count);
  assert.equal(hierarchy.levels.length, regions.count - 1);
  hierarchy.levels.forEach((level, k) =>
    assert.ok(level > 0 && level <= 1 && (k === 0 || level <= hierarchy.levels[k - 1])),
  );
}

suite('segmentPicture', () => {
  for (const method of ['clustering', 'superpixel', 'continuity'] as const) {
    for (const [width, height] of [
      [1, 1],
      [2, 1],
      [1, 700],
      [2, 2],
      [3, 7],
      [40, 30],
    ]) {
      test(`${method} on ${width} × ${height}`, async () => {
        const picture = scene(width, height);
        assertSound((await segment(picture, method)).result, picture);
      });
    }

    test(`${method} on one colour`, async () => {
      const picture = paint(64, 48, () => [120, 30, 60]);
      const { result } = await segment(picture, method);
      assertSound(result, picture);
      assert.equal(result.regions.count, 1);
    });
  }

  test('finds the parts of a plain scene at the default granularity', async () => {
    const { result } = await segment(scene(160, 120), 'clustering');
    const { labelOf } = cut(result.hierarchy, 0.5);
    const at = (x: number, y: number) => labelOf[result.regions.ids[y * 160 + x]];
    assert.equal(at(70, 50), at(90, 70), 'the disc is one region');
    assert.equal(new Set([at(80, 60), at(10, 60), at(150, 60)]).size, 3);
  });

  test('the first progress is from colour alone', async () => {
    const { progress } = await segment(scene(80, 60), 'clustering');
    assert.deepEqual([progress[0].iteration, progress[0].loss], [0, null]);
  });

  test('the same seed gives the same result, another one another', async () => {
    const picture = scene(80, 60);
    const [first, again, other] = await Promise.all([1, 1, 2].map(seed => segment(picture, 'clustering', seed)));
    assert.deepEqual(first.result, again.result);
    assert.notDeepEqual(first.result.hierarchy, other.result.hierarchy);
  });

  test('stop keeps what there is', async () => {
    const stop = new AbortController();
    const picture = scene(80, 60);
    const run = segmentPicture(picture, 'clustering', settings(), cpu, { stop: stop.signal, cancel: never });
    let next = await run.next();
    while (!next.done && next.value.iteration < 2) next = await run.next();
    stop.abort();
    while (!next.done) next = await run.next();
    assertSound(next.value, picture);
    assert.deepEqual([next.value.stopped, next.value.iterations], [true, 2]);
  });

  test('cancel throws an AbortError', async () => {
    const cancel = new AbortController();
    const run = segmentPicture(scene(80, 60), 'continuity', settings(), cpu, { stop: never, cancel: cancel.signal });
    await run.next();
    cancel.abort();
    await assert.rejects(run.next(), { name: 'AbortError' });
  });

  test('published methods above the memory limit train at a reduced size and say so', async () => {
    const picture = scene(300, 200);
    const { result } = await segment(picture, 'continuity', 1, 180);
    assertSound(result, picture);
    assert.ok(
      result.reduced && result.reduced.width < 300 && result.reduced.reason.includes('labelless.limits.memory'),
    );
  });

  test('published methods show their own regions at the default granularity', async () => {
    const { result } = await segment(scene(60, 50), 'superpixel');
    assert.equal(cut(result.hierarchy, 0.5).count, result.regions.count);
  });

  test('large pictures are segmented at full size', async () => {
    const picture = scene(1600, 1000);
    const { result } = await segment(picture, 'clustering');
    assertSound(result, picture);
  });
});
