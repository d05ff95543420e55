import type { Definitions } from '../definition';
import { makeNode, type Node } from '../graph';
import { reshape } from './shape';
import { constant } from './leaves';
import { sizeOf } from '../shape';

/** Rows of a table: result row i is row `indices[i]` of axis 0. Indices are int32 [n] in 0 … rows − 1. */
export function gather(table: Node, indices: Node): Node {
  return makeNode(
    { kind: 'gather' },
    [table, checked(indices)],
    [indices.shape[0], ...table.shape.slice(1)],
    table.type,
  );
}

/** Zeros [rows, …] to whose row `indices[i]` row i of `values` [n, …] is added; indices are int32 [n]. */
export function scatterAdd(values: Node, indices: Node, rows: number): Node {
  if (values.shape[0] !== checked(indices).shape[0])
    throw new Error(`${values.shape[0]} rows cannot be scattered to ${indices.shape[0]} indices`);
  return makeNode({ kind: 'scatterAdd', rows }, [values, indices], [rows, ...values.shape.slice(1)]);
}

/** float32 [rows]: how often each index occurs. */
export function countIndices(indices: Node, rows: number): Node {
  const flat = reshape(indices, [sizeOf(indices.shape)]);
  return scatterAdd(constant({ shape: flat.shape, data: new Float32Array(flat.shape[0]).fill(1) }), flat, rows);
}

function checked(indices: Node): Node {
  if (indices.type !== 'int32' || indices.shape.length !== 1) throw new Error('Indices are an int32 vector');
  return indices;
}

const int64 = 7;

export const indexing: Definitions<'gather' | 'scatterAdd'> = {
  gather: {
    gradient: ({ inputs: [table, indices] }, dy) => [scatterAdd(dy, indices, table.shape[0]), null],
    onnx: (_, inputs, emitter) => emitter.emit('Gather', inputs, { axis: 0 }),
  },
  scatterAdd: {
    gradient: ({ inputs: [, indices] }, dy) => [gather(dy, indices), null],
    onnx: ({ shape, inputs: [from] }, [values, indices], emitter) => {
      const zeros = emitter.emit('Expand', [emitter.float(0), emitter.integers(shape)]);
      const positions = emitter.emit('Reshape', [
        emitter.emit('Cast', [indices], { to: int64 }),
        emitter.integers([from.shape[0], 1]),
      ]);
      return emitter.emit('ScatterND', [zeros, positions, values], { reduction: 'add' });
    },
  },
};
