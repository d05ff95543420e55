import type { Definition, Definitions } from '../definition';
import { isKind, makeNode, type Node } from '../graph';
import type { Kind, PlainKind } from '../operation';
import { broadcastShapes, sameShape } from '../shape';
import { greater, toFloat, where } from './compare';
import { toNode, type Operand } from './leaves';
import { sumTo } from './reduce';

function binary(kind: PlainKind, a: Operand, b: Operand): Node {
  const [x, y] = [toNode(a), toNode(b)];
  if (kind === 'divide' && x.type !== 'float32')
    throw new Error('Back ends round quotients of integers differently: divide takes float32');
  if (x.type !== y.type) throw new Error(`${kind} takes two tensors of one type, not ${x.type} and ${y.type}`);
  return makeNode({ kind }, [unexpanded(x, y), unexpanded(y, x)], broadcastShapes(x.shape, y.shape), x.type);
}

/**
 * What `x` repeats, where the other operand's shape repeats it as well: a mean's gradient need not fill a whole tensor.
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

/** −1, 0 or 1. Not ONNX's own: that one leaves the GPU. Magnitudes below 1e-20 count as less than 1. */
export const sign = (x: Node): Node => clip(multiply(x, 1e20), -1, 1);

/** An operator that ONNX knows by this name, without attributes. */
const named = <K extends Kind>(type: string, gradient?: Definition<K>['gradient']): Definition<K> => ({
  ...(gradient && { gradient }),
  onnx: (_, inputs, emitter) => emitter.emit(type, inputs),
});

export const elementwise: Definitions<
  'add' | 'subtract' | 'multiply' | 'divide' | 'abs' | 'exp' | 'log' | 'sqrt' | 'sigmoid' | 'relu' | 'clip'
> = {
  add: named('Add', ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), sumTo(dy, b.shape)]),
  subtract: named('Sub', ({ inputs: [a, b] }, dy) => [sumTo(dy, a.shape), sumTo(negate(dy), b.shape)]),
  multiply: named('Mul', ({ inputs: [a, b] }, dy) => [
    sumTo(multiply(dy, b), a.shape),
    sumTo(multiply(dy, a), b.shape),
  ]),
  divide: named('Div', (y, dy) => {
    const [a, b] = y.inputs;
    const da = divide(dy, b);
    return [sumTo(da, a.shape), sumTo(negate(multiply(da, y)), b.shape)];
  }),
  abs: named('Abs', ({ inputs: [x] }, dy) => [multiply(dy, sign(x))]),
  exp: named('Exp', (y, dy) => [multiply(dy, y)]),
  log: named('Log', ({ inputs: [x] }, dy) => [divide(dy, x)]),
  sqrt: named('Sqrt', (y, dy) => [divide(multiply(dy, 0.5), y)]),
  sigmoid: named('Sigmoid', (y, dy) => [multiply(dy, multiply(y, subtract(1, y)))]),
  relu: {
    gradient: (y, dy) => {
      // by the output, whose sign is the input's: a back end can then run convolution and ReLU as one
      const positive = toFloat(greater(y, 0));
      const { slope } = y.operation;
      return [multiply(dy, slope === 0 ? positive : add(multiply(positive, 1 - slope), slope))];
    },
    onnx: (node, inputs, emitter) =>
      node.operation.slope === 0
        ? emitter.emit('Relu', inputs)
        : emitter.emit('LeakyRelu', inputs, { alpha: { float: node.operation.slope } }),
  },
  clip: {
    gradient: ({ inputs: [x], operation: { minimum, maximum } }, dy) => [
      multiply(dy, multiply(toFloat(greater(x, minimum)), toFloat(greater(maximum, x)))),
    ],
    onnx: ({ operation }, [x], emitter) =>
      emitter.emit('Clip', [x, emitter.float(operation.minimum), emitter.float(operation.maximum)]),
  },
};
