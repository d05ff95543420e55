import { isKind, makeNode, type Node } from '../core/node';
import type { DataType, PlainKind } from '../core/operation';
import { broadcastShapes, range, sameShape } from '../core/tensorShape';
import { constant, type Operand, toNode } from './leaves';

function binary(kind: PlainKind, a: Operand, b: Operand): Node {
  const [x, y] = [toNode(a), toNode(b)];
  if (kind === 'divide' && x.type !== 'float32')
    throw new Error('Back ends round quotients of integers differently: divide takes float32');
  if (x.type !== y.type) throw new Error(`${kind} takes two tensors of one type, not ${x.type} and ${y.type}`);
  return makeNode({ kind }, [unexpanded(x, y), unexpanded(y, x)], broadcastShapes(x.shape, y.shape), x.type);
}

/**
 * The tensor that `x` repeats, where the operation would repeat it anyway, so that a mean's gradient fills no tensor.
 */
function unexpanded(x: Node, other: Node): Node {
  return isKind(x, 'expand') && sameShape(x.shape, other.shape) ? x.inputs[0] : x;
}

function unary(kind: PlainKind, x: Node): Node {
  return makeNode({ kind }, [x], x.shape, x.type);
}

export const add = (a: Operand, b: Operand): Node => binary('add', a, b);
export const subtract = (a: Operand, b: Operand): Node => binary('subtract', a, b);
export const multiply = (a: Operand, b: Operand): Node => binary('multiply', a, b);
export const divide = (a: Operand, b: Operand): Node => binary('divide', a, b);
/** The greater of two; where equal, the gradient goes to `b`. */
export const maximum = (a: Node, b: Node): Node => where(greater(a, b), a, b);
/** The smaller of two; where equal, the gradient goes to `a`. */
export const minimum = (a: Node, b: Node): Node => where(greater(a, b), b, a);
export const negate = (x: Node): Node => multiply(x, -1);
export const square = (x: Node): Node => multiply(x, x);
export const abs = (x: Node): Node => unary('abs', x);
export const exp = (x: Node): Node => unary('exp', x);
export const log = (x: Node): Node => unary('log', x);
export const sqrt = (x: Node): Node => unary('sqrt', x);
export const sigmoid = (x: Node): Node => unary('sigmoid', x);

/** x where positive, slope · x elsewhere; 0 ≤ slope < 1. */
export function leakyRelu(x: Node, slope: number): Node {
  if (!(slope >= 0 && slope < 1)) throw new Error(`The slope of a leaky ReLU lies in [0, 1), not at ${slope}`);
  return makeNode({ kind: 'relu', slope }, [x], x.shape);
}

export const relu = (x: Node): Node => leakyRelu(x, 0);

/** x within [minimum, maximum]; its gradient is zero at and beyond the bounds. */
export function clip(x: Node, minimum: number, maximum: number): Node {
  return makeNode({ kind: 'clip', minimum, maximum }, [x], x.shape);
}

/** The sign, −1, 0 or 1, by clipping, as ONNX's own leaves the GPU. Magnitudes below 1e-20 give fractions. */
export const sign = (x: Node): Node => clip(multiply(x, 1e20), -1, 1);

function comparison(kind: 'greater' | 'equal', a: Operand, b: Operand): Node {
  // as float32: comparing integers is not done on every GPU
  const inputs = [toFloat(toNode(a)), toFloat(toNode(b))] as const;
  return makeNode({ kind }, inputs, broadcastShapes(inputs[0].shape, inputs[1].shape), 'bool');
}

/** Where a > b. Integers must be below 2^24. */
export const greater = (a: Operand, b: Operand): Node => comparison('greater', a, b);
/** Where a = b. Integers must be below 2^24. */
export const equal = (a: Operand, b: Operand): Node => comparison('equal', a, b);

/** `a` where the condition holds, `b` elsewhere. */
export function where(condition: Node, a: Operand, b: Operand): Node {
  const [x, y] = [toNode(a), toNode(b)];
  return makeNode(
    { kind: 'where' },
    [condition, x, y],
    broadcastShapes(condition.shape, broadcastShapes(x.shape, y.shape)),
    x.type,
  );
}

/** Converts a tensor to another type; true becomes 1. */
export function cast(x: Node, to: DataType): Node {
  return x.type === to ? x : makeNode({ kind: 'cast', to }, [x], x.shape, to);
}

/** Converts a tensor to float32. */
export const toFloat = (x: Node): Node => cast(x, 'float32');

/**
 * Marks each label's channel: int32 labels [N, 1, …] → bool [N, classes, …], true in the label's channel, and nowhere
 * for a label outside 0 … classes − 1.
 */
export function isLabel(labels: Node, classes: number): Node {
  const channels = constant({
    shape: [1, classes, ...labels.shape.slice(2).map(() => 1)],
    data: Float32Array.from(range(classes)),
  });
  return equal(labels, channels);
}

/** One-hot float32 [N, classes, …] of int32 labels [N, 1, …]: {@link isLabel} as 0 and 1. */
export const oneHot = (labels: Node, classes: number): Node => toFloat(isLabel(labels, classes));
