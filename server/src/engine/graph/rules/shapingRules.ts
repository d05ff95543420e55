import type { Node } from '../core/node';
import type { OperatorRules } from '../core/operatorRule';
import { range } from '../core/tensorShape';
import { sumTo } from '../operators/reduction';
import { pad, reshape, reverse, slice, sliceAxis, transpose } from '../operators/shaping';

/** Puts `step` − 1 zeros after each value along an axis, which becomes `step` times as long. */
function spread(x: Node, axis: number, step: number): Node {
  if (step === 1) return x;
  const split = reshape(x, [...x.shape.slice(0, axis + 1), 1, ...x.shape.slice(axis + 1)]);
  const none = split.shape.map(() => 0);
  return reshape(pad(split, none, none.with(axis + 1, step - 1)), x.shape.with(axis, x.shape[axis] * step));
}

/** Puts a slice's values back to where they were taken from, in zeros of the given shape. */
function unslice(dy: Node, shape: readonly number[], starts: readonly number[], steps: readonly number[]): Node {
  const spreadOut = range(shape.length).reduce((x, axis) => spread(x, axis, steps[axis]), dy);
  const fitting = slice(
    spreadOut,
    shape.map(() => 0),
    shape.map((size, axis) => size - starts[axis]),
  );
  return pad(
    fitting,
    starts,
    shape.map((size, axis) => size - starts[axis] - fitting.shape[axis]),
  );
}

/** Rules of operators that move values. */
export const shaping: OperatorRules<'reshape' | 'expand' | 'transpose' | 'slice' | 'reverse' | 'pad' | 'concat'> = {
  reshape: {
    gradient: ({ inputs: [x] }, dy) => [reshape(dy, x.shape)],
    onnx: (node, [x], emitter) => emitter.emit('Reshape', [x, emitter.integers(node.shape)]),
  },
  expand: {
    gradient: ({ inputs: [x] }, dy) => [sumTo(dy, x.shape)],
    onnx: (node, [x], emitter) => emitter.emit('Expand', [x, emitter.integers(node.shape)]),
  },
  transpose: {
    gradient: ({ operation: { order } }, dy) => [
      transpose(
        dy,
        range(order.length).map(axis => order.indexOf(axis)),
      ),
    ],
    onnx: ({ operation }, inputs, emitter) => emitter.emit('Transpose', inputs, { perm: operation.order }),
  },
  slice: {
    gradient: ({ inputs: [x], operation: { starts, steps } }, dy) => [unslice(dy, x.shape, starts, steps)],
    onnx: ({ inputs: [from], shape, operation: { starts, ends, steps } }, [x], emitter) => {
      const axes = range(shape.length).filter(axis => shape[axis] !== from.shape[axis]);
      const chosen = [starts, ends, range(shape.length), steps].map(values =>
        emitter.integers(axes.map(axis => values[axis])),
      );
      return emitter.emit('Slice', [x, ...chosen]);
    },
  },
  reverse: {
    gradient: ({ operation }, dy) => [reverse(dy, operation.axes)],
    onnx: ({ operation: { axes } }, [x], emitter) => {
      const each = (value: number) => emitter.integers(axes.map(() => value));
      return emitter.emit('Slice', [x, each(-1), each(-(2 ** 31)), emitter.integers(axes), each(-1)]);
    },
  },
  pad: {
    gradient: ({ inputs: [x], operation: { before } }, dy) => [
      slice(
        dy,
        before,
        before.map((count, axis) => count + x.shape[axis]),
      ),
    ],
    onnx: ({ operation: { before, after } }, [x], emitter) =>
      emitter.emit('Pad', [x, emitter.integers([...before, ...after])]),
  },
  concat: {
    gradient: ({ inputs, operation: { axis } }, dy) => {
      let end = 0;
      return inputs.map(part => sliceAxis(dy, axis, end, (end += part.shape[axis])));
    },
    onnx: ({ operation }, inputs, emitter) => emitter.emit('Concat', inputs, { axis: operation.axis }),
  },
};
