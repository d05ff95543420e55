import type { Definitions } from '../definition';
import { makeNode, type Node } from '../graph';
import type { DataType } from '../operation';
import { broadcastShapes, range } from '../shape';
import { multiply, subtract } from './elementwise';
import { constant, toNode, type Operand } from './leaves';
import { sumTo } from './reduce';

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

/** The same values in another type; true is 1. */
export function cast(x: Node, to: DataType): Node {
  return x.type === to ? x : makeNode({ kind: 'cast', to }, [x], x.shape, to);
}

export const toFloat = (x: Node): Node => cast(x, 'float32');

/**
 * int32 labels [N, 1, …] → bool [N, classes, …], true in the label's channel; nowhere for a label outside 0 … classes −
 * 1.
 */
export function isLabel(labels: Node, classes: number): Node {
  const channels = constant({
    shape: [1, classes, ...labels.shape.slice(2).map(() => 1)],
    data: Float32Array.from(range(classes)),
  });
  return equal(labels, channels);
}

/** {@link isLabel} as 0 and 1. */
export const oneHot = (labels: Node, classes: number): Node => toFloat(isLabel(labels, classes));

/** ONNX's number of each type. */
export const onnxTypes: Readonly<Record<DataType, number>> = { float32: 1, int32: 6, bool: 9 };

export const compare: Definitions<'greater' | 'equal' | 'where' | 'cast'> = {
  greater: { onnx: (_, inputs, emitter) => emitter.emit('Greater', inputs) },
  equal: { onnx: (_, inputs, emitter) => emitter.emit('Equal', inputs) },
  where: {
    gradient: ({ inputs: [condition, a, b] }, dy) => {
      const chosen = toFloat(condition); // products run several times as fast as `where`
      return [null, sumTo(multiply(dy, chosen), a.shape), sumTo(multiply(dy, subtract(1, chosen)), b.shape)];
    },
    onnx: (_, inputs, emitter) => emitter.emit('Where', inputs),
  },
  cast: { onnx: ({ operation }, inputs, emitter) => emitter.emit('Cast', inputs, { to: onnxTypes[operation.to] }) },
};
