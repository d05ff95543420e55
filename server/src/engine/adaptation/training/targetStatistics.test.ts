import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import { experimentSchema } from '../../experiment/experimentSchema';
import { createProgram, input } from '../../graph';
import type { TensorValue } from '../../graph/core/operation';
import { normalisedByte } from '../../dataset/streaming/imageNormalisation';
import { efficientnetLite0Encoder } from '../networks/efficientnetLite0';
import { startForwardPass } from '../networks/forwardPass';
import { networkPrefix, NetworkWeights } from '../networks/networkWeights';
import { alignEncoder } from './targetStatistics';

const experiment = experimentSchema.parse({
  source: {},
  classes: 'camvid11',
  network: { name: 'efficientnet-lite0' },
  training: { size: [32, 32] },
});
const area = 32 * 32;

/** Bytes of pictures, by picture, channel and pixel, brighter by `light`. */
const bytes = (count: number, light: number) =>
  Array.from({ length: count }, (_, n) =>
    Array.from({ length: 3 * area }, (__, i) => Math.round(60 + light + 50 * Math.sin(i * (n + 1)) + (i % 32))),
  );
const [source, target] = [bytes(16, 0), bytes(16, 40)];

async function* examples(pictures: readonly (readonly number[])[]) {
  for (const [index, picture] of pictures.entries()) {
    await Promise.resolve();
    const data = Float32Array.from(picture, (value, i) => normalisedByte(value, Math.floor(i / area)));
    yield { name: String(index), image: { shape: [1, 3, 32, 32], data } };
  }
}

/** The state of an encoder that was not trained. */
function initialState(): Record<string, TensorValue> {
  const pass = startForwardPass(new NetworkWeights(networkPrefix, 1), 'stored');
  const levels = efficientnetLite0Encoder(input('x', [1, 3, 32, 32]), pass);
  const { state } = createProgram(Object.fromEntries(levels.map((level, index) => [`level ${index}`, level])));
  return Object.fromEntries(state.map(({ name, initial }) => [name, initial]));
}

/**
 * Mean and variance of a filter's outputs in the stem: bytes less 127, by 128; 3×3, every second pixel, zeros after the
 * last row and column.
 */
function stemStatistics(pictures: readonly (readonly number[])[], filter: TensorValue, channel: number) {
  const values: number[] = [];
  for (const picture of pictures)
    for (let y = 0; y < 32; y += 2)
      for (let x = 0; x < 32; x += 2) {
        let sum = 0;
        for (let c = 0; c < 3; c++)
          for (let i = 0; i < 3; i++)
            for (let j = 0; j < 3; j++) {
              if (y + i > 31 || x + j > 31) continue;
              const value = (picture[c * area + (y + i) * 32 + x + j] - 127) / 128;
              sum += value * filter.data[((channel * 3 + c) * 3 + i) * 3 + j];
            }
        values.push(sum);
      }
  const mean = values.reduce((a, b) => a + b) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

suite('aligning an encoder with target photos', () => {
  const align = async (share: number, photos = target, state = initialState()) =>
    alignEncoder(await openCpu(1), experiment, examples(source), examples(photos), share, state);

  test('the first layer has on the photos what it has on the source, to the share; batches are averaged', async () => {
    const [state, share] = [initialState(), 0.25];
    const found = await align(share, target, state);
    const [filter, aligned] = [state, found].map(each => each['network/encoder.stem.weight']);
    const bias = found['network/encoder.stem.bias'];
    for (const channel of [0, 7, 31]) {
      const corrections = [0, 8].map(from => {
        const [own, other] = [source, target].map(each => stemStatistics(each.slice(from, from + 8), filter, channel));
        const mixed = (part: 'mean' | 'variance') => own[part] * (1 - share) + other[part] * share;
        const gain = Math.sqrt((own.variance + 1e-3) / (mixed('variance') + 1e-3));
        return { gain, offset: own.mean - mixed('mean') * gain };
      });
      const [gain, offset] = (['gain', 'offset'] as const).map(
        part => (corrections[0][part] + corrections[1][part]) / 2,
      );
      const ratio = aligned.data[channel * 27 + 4] / filter.data[channel * 27 + 4];
      assert.ok(Math.abs(ratio - gain) < 1e-4, `${ratio}, not ${gain}`);
      assert.ok(Math.abs(bias.data[channel] - offset) < 1e-4, `${bias.data[channel]}, not ${offset}`);
    }
  });

  test('a share of 0 changes nothing, in any layer of the encoder', async () => {
    const state = initialState();
    const found = await align(0, target.slice(0, 3), state);
    assert.deepEqual(Object.keys(found).sort(), Object.keys(state).sort());
    for (const [name, { data }] of Object.entries(state)) {
      const largest = Float64Array.from(data).reduce(
        (most: number, value, i) => Math.max(most, Math.abs(value - found[name].data[i])),
        0,
      );
      assert.ok(largest < 1e-5, `${name} differs by ${largest}`);
    }
  });

  test('without photos there is nothing to align with', async () => {
    assert.deepEqual(await align(0.5, []), {});
  });
});
