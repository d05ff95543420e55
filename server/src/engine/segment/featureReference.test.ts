import assert from 'node:assert/strict';
import { defaultSettings } from '../../../../protocol/settings';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import { openBackend } from '../backend/openBackend';
import type { Backend } from '../backend/session';
import type { Picture } from '../image/picture';
import type { ClassRegions } from '../merging/classRegions';
import { paint } from '../pixels/testing/pictures';
import { clusterFeatures } from './featureReference';

const [width, height] = [160, 120];
const never = new AbortController().signal;
const signals = { stop: never, cancel: never };

/** A picture of stripes over a plain ground, or of the ground over the stripes. */
const stripes = (above: boolean): Picture =>
  paint(width, height, (x, y) => {
    if (y < height / 2 !== above) return [90, 160, 90];
    return x % 16 < 8 ? [230, 230, 230] : [40, 40, 40];
  });

/** The class that most pixels of the upper half have, or of the lower one, a few rows from its edges. */
function classOf({ regions, regionClasses }: ClassRegions, isUpper: boolean): number {
  const counts = new Map<number, number>();
  const first = isUpper ? 10 : height / 2 + 10;
  for (let p = first * width; p < (first + 40) * width; p++) {
    const found = regionClasses[regions.ids[p]];
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].reduce((most, one) => (one[1] > most[1] ? one : most))[0];
}

suite('References by pretrained features', function () {
  this.timeout(240_000);
  let backend: Backend;
  suiteSetup(async function () {
    if (!hasBundledWeights()) this.skip();
    backend = await openBackend('cpu', { threads: 1 });
  });
  const learn = (pictures: readonly Picture[], cancel = never) =>
    clusterFeatures(
      pictures,
      { ...defaultSettings, clustering: { ...defaultSettings.clustering, channels: 4 } },
      backend,
      { ...signals, cancel },
      () => undefined,
    );

  test('give what looks alike one label, wherever it is, and what looks different others', async () => {
    const model = await learn([stripes(true), stripes(false)]);
    assert.equal(model.labels, 4);
    const [above, below] = [await model.segment(stripes(true)), await model.segment(stripes(false))];
    assert.deepEqual([above.regions.width, above.regions.height], [width, height]);
    assert.equal(classOf(above, true), classOf(below, false));
    assert.equal(classOf(above, false), classOf(below, true));
    assert.notEqual(classOf(above, true), classOf(above, false));
    // One of another size, and classes of labels.
    const other = paint(90, 200, (x, y) => [x, y, x]);
    const found = await model.segment(other, Uint8Array.of(2, 2, 2, 2));
    assert.deepEqual([found.regions.width, [...new Set(found.regionClasses)]], [90, [2]]);
    await model.dispose();
  });

  test('are the same for the same pictures and seed', async () => {
    const [one, two] = [await learn([stripes(true)]), await learn([stripes(true)])];
    assert.deepEqual(await one.segment(stripes(true)), await two.segment(stripes(true)));
    await one.dispose();
    await two.dispose();
  });

  test('are cancelled between pictures', async () => {
    const cancelled = AbortSignal.abort();
    await assert.rejects(learn([stripes(true)], cancelled), { name: 'AbortError' });
  });
});
