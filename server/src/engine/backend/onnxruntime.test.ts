import assert from 'node:assert/strict';
import * as g from '../graph';
import { openBackend } from './open';

/** Fits y = 2x − 1 by least squares, one step a run. */
function regression(): g.Program {
  const slope = g.variable('slope', { shape: [], data: Float32Array.of(0) });
  const offset = g.variable('offset', { shape: [], data: Float32Array.of(0) });
  const x = g.input('x', [4]);
  const loss = g.squaredError(g.add(g.multiply(x, slope), offset), g.subtract(g.multiply(x, 2), 1));
  return g.createProgram({ loss, rounded: g.cast(x, 'int32') }, g.adam(loss, [slope, offset], { learningRate: 0.1 }));
}

const feeds = { x: { shape: [4], data: Float32Array.of(-1, 0, 1, 2) } };

suite('sessions of onnxruntime', () => {
  test('train, and carry their state from run to run', async () => {
    const session = await (await openBackend('cpu', { threads: 1 })).createSession(regression());
    const { loss: before } = await session.run(feeds);
    for (let step = 0; step < 200; step++) await session.run(feeds, []);
    const { loss: after, rounded } = await session.run(feeds);
    assert.ok(before.data[0] > 1 && after.data[0] < 1e-4, `${before.data[0]} → ${after.data[0]}`);
    assert.deepEqual(rounded, { shape: [4], data: Int32Array.of(-1, 0, 1, 2) });
    const state = await session.readState();
    assert.ok(Math.abs(state.slope.data[0] - 2) < 0.01 && Math.abs(state.offset.data[0] + 1) < 0.01);
    await session.dispose();
  });

  test('go on from a state that another session wrote down, with the same bytes', async () => {
    const backend = await openBackend('cpu', { threads: 2 });
    const [first, second] = [await backend.createSession(regression()), await backend.createSession(regression())];
    for (let step = 0; step < 5; step++) await first.run(feeds, []);
    await second.writeState(await first.readState());
    assert.deepEqual(await second.run(feeds), await first.run(feeds));
    assert.deepEqual(await second.readState(), await first.readState());
    await first.dispose();
    await second.dispose();
  });

  test('answer only what is asked for, and say what is wrong with a call', async () => {
    const session = await (await openBackend('cpu', { threads: 1 })).createSession(regression());
    assert.deepEqual(Object.keys(await session.run(feeds, ['loss'])), ['loss']);
    await assert.rejects(session.run({}), /input x is not fed/);
    await assert.rejects(session.run({ x: { shape: [3], data: new Float32Array(3) } }), /x is a tensor \[4\], not \[3\]/);
    await assert.rejects(session.run(feeds, ['accuracy']), /no output named accuracy/);
    await assert.rejects(session.writeState({ weight: { shape: [], data: new Float32Array(1) } }), /no state named weight/);
    await session.dispose();
  });
});
