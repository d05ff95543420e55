import type { Definition, Definitions } from '../definition';
import { makeNode, type Node } from '../graph';
import type { Kind, PlainKind } from '../operation';
import { broadcastShapes } from '../shape';
import { greater, where } from './compare';
import { toNode, type Operand } from './leaves';
import { sumTo } from './reduce';

function binary(kind: PlainKind, a: Operand, b: Operand): Node {
  const inputs = [toNode(a), toNode(b)] as const;
  if (inputs[0].type !== inputs[1].type) throw new Error(`${kind} takes two tensors of one type, not ${inputs[0].type} and ${inputs[1].type}`);
  return makeNode({ kind }, inputs, broadcastShapes(inputs[0].shape, inputs[1].shape), inputs[0].type);
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
  multiply: named('Mul', ({ inputs: [a, b] }, dy) => [sumTo(multiply(dy, b), a.shape), sumTo(multiply(dy, a), b.shape)]),
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
    // by the output, whose sign is the input's: a back end can then run convolution and ReLU as one
    gradient: (y, dy) => [where(greater(y, 0), dy, multiply(dy, y.operation.slope))],
    onnx: (node, inputs, emitter) => node.operation.slope === 0
      ? emitter.emit('Relu', inputs)
      : emitter.emit('LeakyRelu', inputs, { alpha: { float: node.operation.slope } }),
  },
  clip: {
    gradient: ({ inputs: [x], operation: { minimum, maximum } }, dy) => [where(greater(x, minimum), where(greater(maximum, x), dy, 0), 0)],
    onnx: ({ operation }, [x], emitter) => emitter.emit('Clip', [x, emitter.float(operation.minimum), emitter.float(operation.maximum)]),
  },
};
