import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import { experimentSchema } from '../../experiment/experimentSchema';
import { stepFeeds } from '../training/stepFeeds';
import { trainingProgram } from '../training/trainingProgram';
import { averageKeeps } from './sourceOnly';

const experiment = experimentSchema.parse({
  source: {},
  classes: 'camvid11',
  network: { channels: 4 },
  adaptation: { strategy: 'none' },
  training: { batch: 2, size: [16, 16], weightAverage: 0.6 },
});
const batch = {
  images: { shape: [2, 3, 16, 16], data: Float32Array.from({ length: 1536 }, (_, i) => Math.sin(i * i)) },
  labels: { shape: [2, 1, 16, 16], data: Int32Array.from({ length: 512 }, (_, i) => i % 11) },
};

suite('the average of the weights', () => {
  test('is the plain mean at first, then keeps its share', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 100].map(step => averageKeeps(step, 0.6)),
      [0, 0.5, 0.6, 0.6, 0.6],
    );
  });

  test('follows the weights of every step; running averages are the network’s own', async () => {
    const session = await (await openCpu(1)).createSession(trainingProgram(experiment, 11));
    const name = 'up3.weight';
    let expected = new Float64Array((await session.readState())[`network/${name}`].data.length);
    for (const [step, keeps] of [
      [1, 0],
      [2, 0.5],
      [3, 0.6],
      [4, 0.6],
    ] as const) {
      await session.run(stepFeeds(experiment, step, batch, undefined));
      const { data } = (await session.readState())[`network/${name}`];
      expected = expected.map((value, i) => keeps * value + (1 - keeps) * data[i]);
    }
    const state = await session.readState();
    expected.forEach((value, i) => {
      assert.ok(Math.abs(value - state[`teacher/${name}`].data[i]) < 1e-6);
    });
    assert.notDeepEqual([...state[`teacher/${name}`].data], [...state[`network/${name}`].data]);
    for (const part of ['running_mean', 'running_var'])
      assert.deepEqual(state[`teacher/up3.norm.${part}`].data, state[`network/up3.norm.${part}`].data);
    await session.dispose();
  });
});
