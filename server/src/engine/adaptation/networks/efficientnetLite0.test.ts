import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import { normalisedByte } from '../../dataset/streaming/imageNormalisation';
import { createProgram, input } from '../../graph';
import { bundledWeightsFile, hasBundledWeights } from './bundledWeights';
import reference from './efficientnetFeatures.reference.json';
import { efficientnetLite0Encoder } from './efficientnetLite0';
import { startForwardPass } from './forwardPass';
import { networkPrefix, NetworkWeights } from './networkWeights';
import { readPretrained } from './pretrainedWeights';

const [width, height] = [52, 38];

/** The picture of the reference, as the networks see pictures. */
function picture() {
  const data = new Float32Array(3 * width * height);
  for (let c = 0; c < 3; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        data[(c * height + y) * width + x] = normalisedByte((7 * x + 13 * y + 50 * c + 3 * ((x * y) % 31)) % 256, c);
  return { shape: [1, 3, height, width], data };
}

suite('EfficientNet-Lite0 with its pretrained weights', () => {
  let levels: { shape: readonly number[]; data: ArrayLike<number> }[];

  suiteSetup(async function () {
    if (!hasBundledWeights()) this.skip(); // a build without pip goes on without them
    const weights = new NetworkWeights(networkPrefix, 1);
    const taps = efficientnetLite0Encoder(input('picture', [1, 3, height, width]), startForwardPass(weights, 'stored'));
    const program = createProgram(Object.fromEntries(taps.map((tap, index) => [`level${index}`, tap])));
    const { state, missing, unfit, extra } = await readPretrained(bundledWeightsFile(), '', program.state);
    assert.deepEqual([missing, unfit, extra], [[], [], []]);
    const session = await (await openCpu(1)).createSession(program);
    await session.writeState(state);
    const outputs = await session.run({ picture: picture() });
    await session.dispose();
    levels = taps.map((_, index) => outputs[`level${index}`]);
  });

  for (const [index, { shape, places, values }] of reference.rounded.entries()) {
    const { deviation: spread, mean, values: exact } = reference.exact[index];
    test(`its features at stride ${2 ** (index + 1)} are PyTorch's`, () => {
      const level = levels[index];
      assert.deepEqual(level.shape, shape);
      const found = Array.from(level.data);
      const average = found.reduce((sum, value) => sum + value, 0) / found.length;
      const deviation = Math.sqrt(found.reduce((sum, value) => sum + (value - average) ** 2, 0) / found.length);
      const furthest = (from: number[]) =>
        Math.max(...places.map((place, at) => Math.abs(found[place] - from[at]))) / spread;
      // With filters of 16 bits in PyTorch too, only the order of summation differs.
      assert.ok(furthest(values) < 1e-4, `${furthest(values)} deviations from PyTorch with rounded filters`);
      assert.ok(furthest(exact) < 1e-2, `${furthest(exact)} deviations from PyTorch`);
      assert.ok(Math.abs(average - mean) < 1e-3 * spread, `mean ${average}, not ${mean}`);
      assert.ok(Math.abs(deviation - spread) < 1e-3 * spread, `deviation ${deviation}, not ${spread}`);
    });
  }
});
