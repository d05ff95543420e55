import assert from 'node:assert/strict';
import { cut, granularityForCount } from '../../../../../mask/regions/cut';
import { checkHierarchy } from '../../../../../mask/regions/hierarchy';
import { checkRegions } from '../../../../../mask/regions/regionMap';
import { paint } from '../../pixels/testing/pictures';
import { classesByRegion, predictedRegions } from './predictedRegions';
import { regionMeans } from './regionMeans';
import { upsampleClasses } from './sampling';

const near = (value: number, expected: number) => Math.abs(value - expected) < 1e-5;

suite('Classes of superpixels', () => {
  test('have the geometric means of their pixels, as computed by hand', () => {
    const first = [0.9, 0.9, 0.001, 0.2];
    const regions = { width: 4, height: 1, count: 2, ids: Uint16Array.of(0, 0, 0, 1) };
    const data = Float32Array.of(...first, ...first.map(value => 1 - value));
    const means = regionMeans({ shape: [1, 2, 1, 4], data }, regions);
    const expected = [Math.cbrt(0.9 * 0.9 * 0.001), Math.cbrt(0.1 * 0.1 * 0.999), 0.2, 0.8];
    assert.ok(
      expected.every((value, index) => near(means[index], value)),
      means.join(),
    );
  });

  test('of a larger picture have those of interpolated probabilities', () => {
    const regions = { width: 4, height: 1, count: 4, ids: Uint16Array.of(0, 1, 2, 3) };
    const means = regionMeans({ shape: [1, 1, 1, 2], data: Float32Array.of(0.2, 0.6) }, regions);
    assert.ok(
      [0.2, 0.3, 0.5, 0.6].every((expected, id) => near(means[id], expected)),
      means.join(),
    );
  });

  test("count as much as a pixel's own probability", () => {
    // 0.6 · 0.3 < 0.4 · 0.7, but 0.8 · 0.3 > 0.2 · 0.7
    const data = Float32Array.of(0.6, 0.8, 0.4, 0.2);
    const means = Float32Array.of(0.3, 0.7);
    const { labels, confidence } = upsampleClasses({ shape: [1, 2, 1, 2], data }, 2, 1, {
      ids: new Uint16Array(2),
      means,
    });
    assert.deepEqual([...labels], [1, 0]);
    assert.ok(near(confidence[0], Math.sqrt(0.28)) && near(confidence[1], Math.sqrt(0.24)));
  });

  test('follow an edge of the picture that a coarse network misses by some pixels', async () => {
    const [width, height, edge] = [240, 180, 118];
    const picture = paint(width, height, (x, y) => (x < edge ? [60 + (y % 5), 90, 40] : [190, 180, 170 + (x % 7)]));
    // Twelve columns of 20 pixels: the sixth, to 120, is of the left class.
    const left = Float32Array.from({ length: 9 * 12 }, (_, p) => (p % 12 < 6 ? 0.9 : 0.1));
    const probabilities = { shape: [1, 2, 9, 12], data: Float32Array.of(...left, ...left.map(value => 1 - value)) };
    const wrong = (labels: Uint8Array) => labels.filter((label, p) => label !== Number(p % width >= edge)).length;
    const coarse = upsampleClasses(probabilities, width, height);
    const { regions, regionClasses, uncertainty } = await predictedRegions(probabilities, picture, true);
    const refined = classesByRegion(regions, regionClasses);
    assert.ok(wrong(coarse.labels) >= 2 * height, `coarse: ${wrong(coarse.labels)}`);
    assert.ok(wrong(refined) < height / 2, `refined: ${wrong(refined)}`);
    assert.deepEqual([regions.width, regions.height], [width, height]);
    assert.ok(uncertainty > 0.09 && uncertainty < 0.2, `uncertainty ${uncertainty}`);
  });

  test('fall into the own regions of the picture, each of one class', async () => {
    const [width, height] = [240, 180];
    // A dark and a bright half; the upper half is of another class than the lower one.
    const picture = paint(width, height, x => (x < width / 2 ? [40, 50, 60] : [200, 190, 180]));
    const upper = Float32Array.from({ length: 12 * 12 }, (_, p) => (p < 72 ? 1 : 0));
    const probabilities = { shape: [1, 2, 12, 12], data: Float32Array.of(...upper, ...upper.map(value => 1 - value)) };
    const { regions, hierarchy, regionClasses } = await predictedRegions(probabilities, picture, true);
    checkRegions(regions);
    checkHierarchy(hierarchy);
    const labels = (granularity: number) => cut(hierarchy, granularity);
    assert.equal(labels(0.5).count, 2);
    // The last merge in a class joins its two halves, as the picture has them.
    const four = labels(granularityForCount(hierarchy, 4));
    const at = (x: number, y: number) => four.labelOf[regions.ids[y * width + x]];
    const quarters = [at(40, 40), at(200, 40), at(40, 140), at(200, 140)];
    assert.equal(new Set(quarters).size, 4);
    const wrong = [...regions.ids].filter(
      (id, p) => four.labelOf[id] !== quarters[Number(p % width >= width / 2) + 2 * Number(p >= (width * height) / 2)],
    );
    assert.ok(wrong.length < 0.02 * width * height, `${wrong.length} pixels`);
    assert.deepEqual([...new Set(regionClasses)].sort(), [0, 1]);
  });
});
