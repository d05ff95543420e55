import assert from 'node:assert/strict';
import { experimentSchema } from '../../experiment/experimentSchema';
import { openCpu } from '../../backend/onnxBackends';
import { stepFeeds } from '../training/stepFeeds';
import { trainingProgram } from '../training/trainingProgram';
import { mixingFeeds, mixingInputs } from './selfTraining';

const experimentWith = (adaptation: object) =>
  experimentSchema.parse({
    source: {},
    target: { images: 'photos' },
    classes: 'camvid11',
    adaptation: { strategy: 'self-training', ...adaptation },
    training: { batch: 3, size: [50, 40] },
  });
const batch = {
  images: { shape: [3, 3, 40, 50], data: new Float32Array(3 * 3 * 2000) },
  labels: { shape: [3, 1, 40, 50], data: Int32Array.from({ length: 3 * 2000 }, (_, i) => i % 4) },
};

suite('inputs of self-training', () => {
  const seen = (adaptation: object, step = 1) =>
    mixingFeeds(experimentWith(adaptation), step, batch)[mixingInputs.seen];

  test('no more photos are masked than a batch has, and none by default', () => {
    assert.equal(seen({}), undefined);
    assert.deepEqual(seen({ maskedPhotos: 2 })?.shape, [2, 1, 40, 50]);
    assert.deepEqual(seen({ maskedPhotos: 5 })?.shape, [3, 1, 40, 50]);
  });

  test('whole squares are left out, also at the edges, of the share that is set', () => {
    const { data } = seen({ maskedPhotos: 3, maskSize: 4, maskRatio: 0.7 });
    for (let n = 0; n < 3; n++)
      for (let y = 0; y < 40; y++)
        for (let x = 0; x < 50; x++) {
          const corner = data[n * 2000 + (y - (y % 4)) * 50 + x - (x % 4)];
          assert.equal(data[n * 2000 + y * 50 + x], corner);
        }
    const share = data.filter(value => value === 1).length / data.length;
    assert.ok(Math.abs(share - 0.3) < 0.05, `${share}`); // 390 squares: five standard deviations are 0.11
  });

  test('squares are drawn anew at every step, and the same for a step', () => {
    const drawn = (step: number) => [...seen({ maskedPhotos: 1, maskSize: 4 }, step).data].join('');
    assert.equal(drawn(5), drawn(5));
    assert.notEqual(drawn(5), drawn(6));
  });

  test('half of the classes of each source picture are pasted, rounded up', () => {
    const { data } = mixingFeeds(experimentWith({}), 1, batch)[mixingInputs.mask];
    for (let n = 0; n < 3; n++) {
      const pasted = new Set(
        [...data.subarray(n * 2000, (n + 1) * 2000)].flatMap((value, i) => (value ? [i % 4] : [])),
      );
      assert.equal(pasted.size, 2);
    }
  });
});

suite('running averages of self-training', () => {
  /** The averages of the first layer after a step on pictures of one grey, whose mixture is brighter by an offset. */
  const firstAverages = async (statistics: string, offset: number) => {
    const experiment = experimentSchema.parse({
      source: {},
      target: { images: 'photos' },
      classes: 'camvid11',
      network: { channels: 4 },
      adaptation: { strategy: 'self-training', statistics },
      training: { batch: 1, size: [16, 16] },
    });
    const images = { shape: [1, 3, 16, 16], data: new Float32Array(768).fill(0.5) };
    const labels = { shape: [1, 1, 16, 16], data: new Int32Array(256) };
    const session = await (await openCpu(1)).createSession(trainingProgram(experiment, 11));
    const before = await session.readState();
    const perChannel = (value: number) => ({ shape: [1, 3, 1, 1], data: new Float32Array(3).fill(value) });
    const mixing = { [mixingInputs.gain]: perChannel(1), [mixingInputs.offset]: perChannel(offset) };
    await session.run({ ...stepFeeds(experiment, 1, { images, labels }, { images }), ...mixing });
    const after = await session.readState();
    await session.dispose();
    const name = Object.keys(after).find(key => /^teacher.*running_mean$/.test(key))!;
    return [...after[name].data].map((value, at) => value - 0.95 * before[name].data[at]);
  };

  test('follow the mixed pictures, which the network learns from, and the source’s, as the settings say', async () => {
    for (const [statistics, share] of [
      ['source', 0],
      ['both', 0.5],
      ['target', 1],
    ] as const) {
      // The first layer has no bias: its means on an even grey are proportional to it.
      const [plain, brighter] = [await firstAverages(statistics, 0), await firstAverages(statistics, 0.5)];
      plain.forEach((value, at) => {
        const expected = value * (1 + share);
        assert.ok(Math.abs(brighter[at] - expected) < 1e-5, `${statistics} ${at}: ${brighter[at]}, not ${expected}`);
      });
    }
  });
});
