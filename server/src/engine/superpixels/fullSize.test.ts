import assert from 'node:assert/strict';
import { connectedRegions } from '../pixels/connectedRegions';
import { toFullSize } from './fullSize';
import { reducePicture } from '../pixels/resize';
import { paint } from '../pixels/testing/pictures';

const never = new AbortController().signal;

suite('toFullSize', () => {
  test('borders follow the edges of the full picture', async () => {
    const inside = (x: number, y: number) => x + 0.37 * y < 47.3;
    const picture = paint(120, 90, (x, y) => (inside(x, y) ? [220, 200, 60] : [30, 60, 120]));
    const work = reducePicture(picture, 24, 18);
    const labels = Int32Array.from({ length: 24 * 18 }, (_, p) => Number(work.rgb[p * 3] > 125));
    const full = await toFullSize(connectedRegions(labels, 24, 18, 0), work, picture, never);
    let wrong = 0;
    for (let p = 0; p < full.ids.length; p++) if ((full.ids[p] === 0) !== inside(p % 120, Math.floor(p / 120))) wrong++;
    assert.ok(wrong <= 5, `${wrong} pixels on the wrong side`);
  });

  test('no region vanishes, and all are connected', async () => {
    const picture = paint(70, 50, () => [100, 100, 100]);
    const work = reducePicture(picture, 14, 10);
    const regions = connectedRegions(
      Int32Array.from({ length: 140 }, (_, p) => p),
      14,
      10,
      0,
    );
    const full = await toFullSize(regions, work, picture, never);
    assert.equal(new Set(full.ids).size, 140);
    assert.equal(connectedRegions(full.ids, 70, 50, 0).count, 140);
  });

  test('can be cancelled', async () => {
    const picture = paint(300, 300, () => [0, 0, 0]);
    const regions = { width: 10, height: 10, count: 1, ids: new Uint16Array(100) };
    await assert.rejects(toFullSize(regions, reducePicture(picture, 10, 10), picture, AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});
