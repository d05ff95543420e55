import { makeNode, type Node } from '../core/node';
import type { DataType, TensorValue } from '../core/operation';
import { sizeOf } from '../core/tensorShape';

/** A tensor that every run feeds. */
export function input(name: string, shape: readonly number[], type: DataType = 'float32'): Node {
  return makeNode({ kind: 'input', name }, [], shape, type);
}

/** A tensor that outlives a run, such as a weight; `initial` is its value before the first. */
export function variable(name: string, initial: TensorValue): Node {
  return makeNode({ kind: 'variable', name, initial: checked(initial) }, [], initial.shape, typeOf(initial));
}

/** A fixed tensor. */
export function constant(value: TensorValue): Node {
  return makeNode({ kind: 'constant', value: checked(value) }, [], value.shape, typeOf(value));
}

/** A float32 scalar. */
export function scalar(value: number): Node {
  return constant({ shape: [], data: Float32Array.of(value) });
}

/** A tensor or a number, which stands for a float32 scalar. */
export type Operand = Node | number;

/** The node of an operand. */
export function toNode(operand: Operand): Node {
  return typeof operand === 'number' ? scalar(operand) : operand;
}

function typeOf(value: TensorValue): DataType {
  return value.data instanceof Int32Array ? 'int32' : 'float32';
}

function checked(value: TensorValue): TensorValue {
  if (value.data.length !== sizeOf(value.shape)) {
    throw new Error(
      `A tensor of shape [${value.shape.join()}] has ${sizeOf(value.shape)} values, not ${value.data.length}`,
    );
  }
  return value;
}
