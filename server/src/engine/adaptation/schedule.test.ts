import assert from 'node:assert/strict';
import { experimentSchema } from './experiment';
import { feedsOf, remaining, strengthAt } from './schedule';

suite('schedules of a run', () => {
  test('adaptation begins after the warm-up, at once or little by little', () => {
    const strengths = (warmUp: number, rampUp: number) =>
      [1, 2, 3, 4, 5, 6].map(step => strengthAt(step, { warmUp, rampUp }));
    assert.deepEqual(strengths(0, 0), [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(strengths(2, 0), [0, 0, 1, 1, 1, 1]);
    assert.deepEqual(strengths(1, 3), [0, 0.25, 0.5, 0.75, 1, 1]);
  });

  test('the learning rate falls to almost nothing', () => {
    assert.deepEqual(
      [1, 501, 1000].map(step => Number(remaining(step, 1000).toFixed(4))),
      [1, 0.5359, 0.002],
    );
  });

  test("a share of the source pictures takes on the target's histograms, where there is a target", () => {
    const experiment = experimentSchema.parse({
      source: {},
      classes: 'camvid11',
      adaptation: { targetHistograms: 0.5 },
      training: { batch: 2, size: [16, 16] },
    });
    const images = (value: number) => ({ shape: [2, 3, 16, 16], data: new Float32Array(2 * 3 * 256).fill(value) });
    const labels = { shape: [2, 1, 16, 16], data: new Int32Array(512) };
    const fed = (target: boolean) =>
      feedsOf(experiment, 1, { images: images(1), labels }, target ? { images: images(-1) } : undefined).source.data;
    const [first, second] = [fed(true)[0], fed(true)[3 * 256]];
    assert.ok(Math.abs(first + 1) < 0.01, `${first}`); // to the nearest byte
    assert.equal(second, 1);
    assert.equal(fed(false)[0], 1);
  });
});
