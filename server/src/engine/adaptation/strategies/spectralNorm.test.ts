import assert from 'node:assert/strict';
import { openCpu } from '../../backend/onnxBackends';
import { createProgram, variable } from '../../graph';
import { SpectralNorm } from './spectralNorm';

/** A filter of three outputs that see orthogonal inputs, so that its singular values are the lengths of its rows. */
const rows = [
  [3, 4, 0, 0],
  [0, 0, 2, 0],
  [0, 0, 0, 6],
];

suite('spectral normalisation', () => {
  test('comes in some steps to the largest singular value, and leaves biases as they are', async () => {
    const value = (name: string, shape: readonly number[]) =>
      variable(name, { shape, data: Float32Array.from(shape.length > 1 ? rows.flat() : [7, 8, 9]) });
    const norm = new SpectralNorm({
      weight: value,
      average: (name, size) => variable(name, { shape: [size], data: new Float32Array(size).fill(1) }),
    });
    const initial = () => new Float32Array(0);
    const filter = norm.weight('filter', [3, 1, 2, 2], initial);
    assert.equal(norm.weight('filter', [3, 1, 2, 2], initial), filter, 'one direction for all uses of a filter');
    const bias = norm.weight('bias', [3], initial);
    const session = await (await openCpu(1)).createSession(createProgram({ filter, bias }, [...norm.updates]));
    let outputs = await session.run({});
    const first = outputs.filter.data[3 * 4 - 1];
    for (let step = 0; step < 30; step++) outputs = await session.run({});
    await session.dispose();
    // One step from (1, 1, 1): left = (25, 4, 36) / √1937, right = (3, 4, 2, 6) / √65.
    const estimate = (25 * 25 + 4 * 4 + 36 * 36) / Math.sqrt(1937 * 65);
    assert.ok(Math.abs(first - 6 / estimate) < 1e-5, `${first}`);
    outputs.filter.data.forEach((found, index) => {
      assert.ok(Math.abs(found - rows.flat()[index] / 6) < 1e-5, `${index}: ${found}`);
    });
    assert.deepEqual([...outputs.bias.data], [7, 8, 9]);
  });
});
