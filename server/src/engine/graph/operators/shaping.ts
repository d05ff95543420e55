import { makeNode, withGradient, type Node } from '../core/node';
import { broadcastShapes, range, resolveAxes, sameShape, sizeOf } from '../core/tensorShape';
import { subtract } from './elementwise';

/** Gives a tensor another shape; values and their order stay. */
export function reshape(x: Node, shape: readonly number[]): Node {
  if (sameShape(x.shape, shape)) return x;
  if (sizeOf(x.shape) !== sizeOf(shape)) throw new Error(`[${x.shape.join()}] cannot be reshaped to [${shape.join()}]`);
  return makeNode({ kind: 'reshape' }, [x], shape, x.type);
}

/** Repeats x to a shape to which it broadcasts. */
export function expand(x: Node, shape: readonly number[]): Node {
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes(x.shape, shape), shape))
    throw new Error(`[${x.shape.join()}] does not broadcast to [${shape.join()}]`);
  return makeNode({ kind: 'expand' }, [x], shape, x.type);
}

/** Reorders axes: axis i of the result is axis `order[i]` of x. */
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

/** Cuts x along one axis: from `start` to before `end` (negative: from the axis's end), every `step`-th. */
export function sliceAxis(x: Node, axis: number, start: number, end = x.shape[axis], step = 1): Node {
  const from = range(x.shape.length).map(a => (a === axis ? start : 0));
  return slice(
    x,
    from,
    x.shape.map((size, a) => (a === axis ? end : size)),
    x.shape.map((_, a) => (a === axis ? step : 1)),
  );
}

/**
 * Cuts a part out of x: per axis a start, an end (exclusive; both may count from the axis's end) and a positive step.
 */
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

/** Reverses the order along some axes. */
export function reverse(x: Node, axes: readonly number[]): Node {
  return makeNode({ kind: 'reverse', axes: resolveAxes(axes, x.shape.length) }, [x], x.shape, x.type);
}

/** Puts zeros around x: counts before and after, per axis. */
export function pad(x: Node, before: readonly number[], after: readonly number[]): Node {
  const shape = x.shape.map((size, axis) => size + before[axis] + after[axis]);
  if ([...before, ...after].some(count => count < 0)) throw new Error('Padding is not negative; slice instead');
  return sameShape(shape, x.shape) ? x : makeNode({ kind: 'pad', before, after }, [x], shape, x.type);
}

/** Joins tensors one after the other along an axis. */
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

/** Differences of neighbours along an axis, which gets one shorter. */
export function difference(x: Node, axis: number): Node {
  const none = x.shape.map(() => 0);
  return withGradient(subtract(sliceAxis(x, axis, 1), sliceAxis(x, axis, 0, -1)), [x], (_, dy) => [
    subtract(pad(dy, none.with(axis, 1), none), pad(dy, none, none.with(axis, 1))),
  ]);
}
