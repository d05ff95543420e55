import assert from 'node:assert/strict';
import * as g from '.';
import { graphOf } from './core/node';
import { toOnnx } from './onnx/onnxModel';

const weight = (name: string) => g.variable(name, { shape: [2], data: Float32Array.of(1, 2) });

suite('graphs', () => {
  test('place every node once, after its inputs', () => {
    const x = g.input('x', [2]);
    const y = g.multiply(g.add(x, x), x);
    const { nodes } = graphOf([y, g.exp(y)]);
    assert.deepEqual(
      nodes.map(node => node.operation.kind),
      ['input', 'add', 'multiply', 'exp'],
    );
  });

  test('may be deeper than the call stack, also in reverse mode', () => {
    const x = g.input('x', []);
    let y = x;
    for (let depth = 0; depth < 20_000; depth++) y = g.exp(y);
    const [gradient] = g.gradients(y, [x]);
    assert.equal(graphOf([y]).nodes.length, 20_001);
    assert.ok(graphOf([gradient]).nodes.length > 20_000);
  });

  test('refuse what does not fit, by name and shape', () => {
    const x = g.input('x', [1, 3, 4, 4]);
    const of = (...shape: number[]) => g.input('y', shape);
    assert.throws(() => g.add(x, of(5)), /Shapes \[1,3,4,4\] and \[5\] do not broadcast/);
    assert.throws(() => g.add(x, g.input('labels', [4], 'int32')), /one type, not float32 and int32/);
    assert.throws(() => g.divide(g.input('labels', [4], 'int32'), g.input('n', [4], 'int32')), /divide takes float32/);
    assert.throws(() => g.reshape(x, [7]), /cannot be reshaped/);
    assert.throws(() => g.sum(x, [4]), /Axis 4 is not one/);
    assert.throws(() => g.slice(x, [0, 0, 3, 0], [1, 3, 2, 4]), /empty slice/);
    assert.throws(() => g.pad(x, [0, 0, -1, 0], [0, 0, 0, 0]), /not negative/);
    assert.throws(() => g.transpose(x, [0, 1, 1, 2]), /no order of 4 axes/);
    assert.throws(() => g.matmul(of(2, 3), of(2, 3)), /2×3 and 2×3 have no product/);
    assert.throws(() => g.convolution(x, of(8, 4, 3, 3), null), /does not fit 3 channels/);
    assert.throws(() => g.convolution(x, of(8, 3, 2, 2), null), /even size/);
    assert.throws(() => g.convolution(x, of(8, 3, 5, 5), null, { padding: 0 }), /larger than its padded input/);
    assert.throws(() => g.maxPooling(x, { size: 5 }), /larger than its input/);
    assert.throws(() => g.gather(x, of(2)), /int32 vector/);
    assert.throws(() => g.gradients(x, [x]), /Only a scalar/);
    assert.throws(() => g.leakyRelu(x, 1), /slope/);
    assert.throws(() => g.constant({ shape: [3], data: new Float32Array(2) }), /has 3 values, not 2/);
  });
});

suite('programs', () => {
  test('find their inputs, and keep variables that nothing assigns', () => {
    const [w, fixed] = [weight('w'), weight('fixed')];
    const y = g.add(g.multiply(g.input('x', [2]), w), fixed);
    const program = g.createProgram({ y }, [g.assign(w, g.multiply(w, 2))]);
    assert.deepEqual(Object.keys(program.inputs), ['x']);
    assert.deepEqual(
      program.state.map(({ name, current, next }) => [name, current === next]),
      [
        ['w', false],
        ['fixed', true],
      ],
    );
  });

  test('know an input or a variable again behind a gradient of its own', () => {
    const [w, x] = [weight('w'), g.input('x', [2])];
    const loss = g.total(g.multiply(g.add(w, g.stopGradient(w)), g.add(x, g.stopGradient(x))));
    const program = g.createProgram({ loss }, g.sgd(loss, [w], { learningRate: 1 }));
    assert.deepEqual([Object.keys(program.inputs), program.state.map(({ name }) => name)], [['x'], ['w']]);
  });

  test('refuse two tensors of one name, and values that a variable cannot hold', () => {
    assert.throws(() => g.createProgram({ y: g.add(weight('w'), weight('w')) }), /two tensors.*named w/i);
    assert.throws(() => g.assign(weight('w'), g.input('x', [3])), /w holds float32 \[2\], not float32 \[3\]/);
    assert.throws(() => g.assign(g.input('x', [2]), weight('w')), /Only a variable/);
  });

  test('become the same ONNX bytes every time', () => {
    const make = () => {
      const w = weight('w');
      const loss = g.total(g.relu(g.multiply(w, g.input('x', [2]))));
      return toOnnx(g.createProgram({ loss }, g.sgd(loss, [w], { learningRate: 0.1, momentum: 0.9 })));
    };
    assert.deepEqual(make(), make());
  });
});
