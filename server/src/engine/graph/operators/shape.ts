import type { Definitions } from '../definition';
import { makeNode, withGradient, type Node } from '../graph';
import { broadcastShapes, range, resolveAxes, sameShape, sizeOf } from '../shape';
import { subtract } from './elementwise';
import { sumTo } from './reduce';

/** The same values in the same order under another shape. */
export function reshape(x: Node, shape: readonly number[]): Node {
  if (sameShape(x.shape, shape)) return x;
  if (sizeOf(x.shape) !== sizeOf(shape)) throw new Error(`[${x.shape.join()}] cannot be reshaped to [${shape.join()}]`);
  return makeNode({ kind: 'reshape' }, [x], shape, x.type);
}

/** x repeated to a shape to which it broadcasts. */
export function expand(x: Node, shape: readonly number[]): Node {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes(x.shape, shape), shape))
    throw new Error(`[${x.shape.join()}] does not broadcast to [${shape.join()}]`);
  return makeNode({ kind: 'expand' }, [x], shape, x.type);
}

/** Axes in another order: axis i of the result is axis `order[i]` of x. */
export function transpose(x: Node, order: readonly number[]): Node {
  if (
    !sameShape(
      order.toSorted((a, b) => a - b),
      range(x.shape.length),
    )
  )
    throw new Error(`[${order.join()}] is no order of ${x.shape.length} axes`);
  return makeNode(
    { kind: 'transpose', order },
    [x],
    order.map(axis => x.shape[axis]),
    x.type,
  );
}

/** Part of x along one axis: from `start` to before `end` (negative: from the axis's end), every `step`-th. */
export function sliceAxis(x: Node, axis: number, start: number, end = x.shape[axis], step = 1): Node {
  const from = range(x.shape.length).map(a => (a === axis ? start : 0));
  return slice(
    x,
    from,
    x.shape.map((size, a) => (a === axis ? end : size)),
    x.shape.map((_, a) => (a === axis ? step : 1)),
  );
}

/** Part of x: per axis a start, an end (exclusive; both may count from the axis's end) and a positive step. */
export function slice(
  x: Node,
  starts: readonly number[],
  ends: readonly number[],
  steps: readonly number[] = starts.map(() => 1),
): Node {
  const bound = (value: number, axis: number) =>
    Math.min(Math.max(value < 0 ? value + x.shape[axis] : value, 0), x.shape[axis]);
  const [from, to] = [starts.map(bound), ends.map(bound)];
  const shape = from.map((start, axis) => Math.ceil((to[axis] - start) / steps[axis]));
  if (shape.length !== x.shape.length || shape.some(size => size < 1))
    throw new Error(`An empty slice of [${x.shape.join()}]: ${starts.join()} to ${ends.join()}`);
  return sameShape(shape, x.shape) ? x : makeNode({ kind: 'slice', starts: from, ends: to, steps }, [x], shape, x.type);
}

/** x with the order along some axes reversed. */
export function reverse(x: Node, axes: readonly number[]): Node {
  return makeNode({ kind: 'reverse', axes: resolveAxes(axes, x.shape.length) }, [x], x.shape, x.type);
}

/** x with zeros around it: counts before and after, per axis. */
export function pad(x: Node, before: readonly number[], after: readonly number[]): Node {
  const shape = x.shape.map((size, axis) => size + before[axis] + after[axis]);
  if ([...before, ...after].some(count => count < 0)) throw new Error('Padding is not negative; slice instead');
  return sameShape(shape, x.shape) ? x : makeNode({ kind: 'pad', before, after }, [x], shape, x.type);
}

/** Tensors one after the other along an axis. */
export function concat(parts: readonly Node[], axis: number): Node {
  const [first] = parts;
  const fits = (part: Node) =>
    part.shape.length === first.shape.length && part.shape.every((size, a) => a === axis || size === first.shape[a]);
  if (!parts.every(fits))
    throw new Error(`Shapes ${parts.map(part => `[${part.shape.join()}]`).join()} do not join along axis ${axis}`);
  if (parts.length === 1) return first;
  const length = parts.reduce((sum, part) => sum + part.shape[axis], 0);
  return makeNode(
    { kind: 'concat', axis },
    parts,
    first.shape.map((size, a) => (a === axis ? length : size)),
    first.type,
  );
}

/** Each value's difference from the one before it along an axis, which gets one shorter. */
export function difference(x: Node, axis: number): Node {
  const none = x.shape.map(() => 0);
  return withGradient(subtract(sliceAxis(x, axis, 1), sliceAxis(x, axis, 0, -1)), [x], (_, dy) => [
    subtract(pad(dy, none.with(axis, 1), none), pad(dy, none, none.with(axis, 1))),
  ]);
}

/** Zeros between neighbours, `step` − 1 of them, and after the last: the axis becomes `step` times as long. */
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

export const shaping: Definitions<'reshape' | 'expand' | 'transpose' | 'slice' | 'reverse' | 'pad' | 'concat'> = {
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
