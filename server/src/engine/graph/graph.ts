export type DataType = 'float32' | 'int32' | 'bool';

/** A tensor of a graph: what makes it, from what, and its static shape. */
export interface Node {
  readonly id: number;
  readonly type: DataType;
  readonly shape: readonly number[];
}

/** Operators in topological order. */
export interface Graph { readonly nodes: readonly Node[] }
