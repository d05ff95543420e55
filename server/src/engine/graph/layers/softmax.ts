import { withGradient, type Node } from '../graph';
import { divide, exp, log, multiply, subtract, add } from '../operators/elementwise';
import { max, sum } from '../operators/reduce';

/** What softmax and its logarithm share, along one axis: exp(x − greatest), its sum, and log Σ exp x. */
export function exponentials(x: Node, axis: number): { powers: Node; total: Node; logTotal: Node } {
  const greatest = max(x, [axis]);
  const powers = exp(subtract(x, greatest));
  const total = sum(powers, [axis]);
  return { powers, total, logTotal: add(log(total), greatest) };
}

/** Softmax along an axis (default: channels). */
export function softmax(x: Node, axis = 1): Node {
  const { powers, total } = exponentials(x, axis);
  return withGradient(divide(powers, total), [x], (y, dy) => [multiply(y, subtract(dy, sum(multiply(dy, y), [axis])))]);
}

/** Logarithm of the softmax along an axis (default: channels). */
export function logSoftmax(x: Node, axis = 1): Node {
  const { powers, total, logTotal } = exponentials(x, axis);
  return withGradient(subtract(x, logTotal), [x], (_, dy) => [
    subtract(dy, multiply(divide(powers, total), sum(dy, [axis]))),
  ]);
}
