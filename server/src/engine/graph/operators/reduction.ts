import { makeNode, type Node } from '../core/node';
import { range, resolveAxes, sameShape, sizeOf, withSizes } from '../core/tensorShape';
import { multiply } from './elementwise';
import { reshape } from './shaping';

/** The sum over some axes (default: all), which stay with size 1. */
export function sum(x: Node, axes: readonly number[] = range(x.shape.length)): Node {
  const resolved = resolveAxes(axes, x.shape.length);
  return resolved.length === 0 ? x : makeNode({ kind: 'sum', axes: resolved }, [x], withSizes(x.shape, resolved, 1));
}

/** The mean over some axes (default: all), which stay with size 1. */
export function mean(x: Node, axes: readonly number[] = range(x.shape.length)): Node {
  const total = sum(x, axes);
  return multiply(total, sizeOf(total.shape) / sizeOf(x.shape));
}

/** The greatest value over some axes, which stay with size 1. Equal maxima share the gradient. */
export function max(x: Node, axes: readonly number[]): Node {
  const resolved = resolveAxes(axes, x.shape.length);
  return makeNode({ kind: 'max', axes: resolved }, [x], withSizes(x.shape, resolved, 1));
}

/** int32 index of the greatest value along an axis (the first of equals), which stays with size 1. */
export function argMax(x: Node, axis: number): Node {
  const [resolved] = resolveAxes([axis], x.shape.length);
  return makeNode({ kind: 'argMax', axis: resolved }, [x], withSizes(x.shape, [resolved], 1), 'int32');
}

/** Sum of all values as a scalar. */
export const total = (x: Node): Node => reshape(sum(x), []);
/** Mean of all values as a scalar. */
export const average = (x: Node): Node => reshape(mean(x), []);

/** Sums over the axes that broadcasting repeated, so that a gradient gets its tensor's shape. */
export function sumTo(x: Node, shape: readonly number[]): Node {
  if (sameShape(x.shape, shape)) return x;
  const extra = x.shape.length - shape.length;
  const repeated = range(x.shape.length).filter(
    axis => axis < extra || (shape[axis - extra] === 1 && x.shape[axis] !== 1),
  );
  return reshape(sum(x, repeated), shape);
}
