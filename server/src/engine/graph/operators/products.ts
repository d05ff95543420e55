import { makeNode, type Node } from '../core/node';
import { broadcastShapes, sizeOf } from '../core/tensorShape';
import { reshape } from './shaping';
import { constant } from './leaves';

/** Which matrices are transposed first. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** Matrix product over the last two axes: […, m, k] × […, k, n] → […, m, n]; leading axes broadcast. */
export function matmul(a: Node, b: Node, { transposeA = false, transposeB = false }: MatmulOptions = {}): Node {
  const [m, k] = matrix(a, transposeA);
  const [k2, n] = matrix(b, transposeB);
  if (k !== k2) throw new Error(`Matrices of ${m}×${k} and ${k2}×${n} have no product`);
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  return makeNode({ kind: 'matmul', transposeA, transposeB }, [a, b], [...batch, m, n]);
}

function matrix(x: Node, transposed: boolean): number[] {
  if (x.shape.length < 2) throw new Error('A matrix product takes tensors of rank 2 and above');
  const size = x.shape.slice(-2);
  return transposed ? size.reverse() : size;
}

/** Looks up rows of a table: result row i is row `indices[i]` of axis 0. Indices are int32 [n] in 0 … rows − 1. */
export function gather(table: Node, indices: Node): Node {
  return makeNode(
    { kind: 'gather' },
    [table, checked(indices)],
    [indices.shape[0], ...table.shape.slice(1)],
    table.type,
  );
}

/** Adds row i of `values` [n, …] to row `indices[i]` of zeros [rows, …]; indices are int32 [n]. */
export function scatterAdd(values: Node, indices: Node, rows: number): Node {
  if (values.shape[0] !== checked(indices).shape[0])
    throw new Error(`${values.shape[0]} rows cannot be scattered to ${indices.shape[0]} indices`);
  return makeNode({ kind: 'scatterAdd', rows }, [values, indices], [rows, ...values.shape.slice(1)]);
}

/** Counts how often each index occurs, float32 [rows]. */
export function countIndices(indices: Node, rows: number): Node {
  const flat = reshape(indices, [sizeOf(indices.shape)]);
  return scatterAdd(constant({ shape: flat.shape, data: new Float32Array(flat.shape[0]).fill(1) }), flat, rows);
}

function checked(indices: Node): Node {
  if (indices.type !== 'int32' || indices.shape.length !== 1) throw new Error('Indices are an int32 vector');
  return indices;
}
