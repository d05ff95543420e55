import type { Node } from './node';
import type { DataType, Kind, OperationOf } from './operation';

/** An attribute of an ONNX operator. Whole numbers become INT(S) unless wrapped as `{ float }`. */
export type OnnxAttribute = string | number | readonly number[] | { readonly float: number };

/** Writes ONNX nodes for an operator’s rule; names are those of ONNX values. */
export interface OnnxEmitter {
  /** Adds a node and returns the name of its output. */
  emit(type: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** An int64 vector, for shapes and axes. */
  integers(values: readonly number[]): string;
  /** A float32 scalar. */
  float(value: number): string;
}

/** The gradient and the ONNX form of an operator. Its shape rule is in the function that builds it. */
export interface OperatorRule<K extends Kind> {
  /** The loss's gradient by each input in terms of other operators; absent where it is zero or undefined everywhere. */
  readonly gradient?: (node: Node<OperationOf<K>>, gradient: Node) => readonly (Node | null)[];
  /** Writes the operator as ONNX nodes and returns the name of its value. */
  readonly onnx: (node: Node<OperationOf<K>>, inputs: readonly string[], emitter: OnnxEmitter) => string;
}

/** The rules of several kinds of operators. */
export type OperatorRules<K extends Kind> = { readonly [P in K]: OperatorRule<P> };

/** ONNX's numbers of the data types. */
export const onnxTypes: Readonly<Record<DataType, number>> = { float32: 1, int32: 6, bool: 9 };
