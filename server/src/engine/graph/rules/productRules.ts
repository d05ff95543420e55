import type { OnnxEmitter, OperatorRules } from '../core/operatorRule';
import { range } from '../core/tensorShape';
import { divide, equal, multiply, toFloat } from '../operators/elementwise';
import { gather, matmul, scatterAdd } from '../operators/products';
import { sum, sumTo } from '../operators/reduction';
import { expand } from '../operators/shaping';

function transposed(name: string, rank: number, emitter: OnnxEmitter): string {
  return emitter.emit('Transpose', [name], { perm: [...range(rank - 2), rank - 1, rank - 2] });
}

/** The rule of the matrix product. */
export const products: OperatorRules<'matmul'> = {
  matmul: {
    gradient: ({ inputs: [a, b], operation: { transposeA, transposeB } }, dy) => {
      const da = transposeA
        ? matmul(b, dy, { transposeA: transposeB, transposeB: true })
        : matmul(dy, b, { transposeB: !transposeB });
      const db = transposeB
        ? matmul(dy, a, { transposeA: true, transposeB: transposeA })
        : matmul(a, dy, { transposeA: !transposeA });
      return [sumTo(da, a.shape), sumTo(db, b.shape)];
    },
    onnx: ({ inputs: [x, y], operation: { transposeA, transposeB } }, [a, b], emitter) => {
      if (x.shape.length === 2 && y.shape.length === 2)
        return emitter.emit('Gemm', [a, b], { transA: Number(transposeA), transB: Number(transposeB) });
      return emitter.emit('MatMul', [
        transposeA ? transposed(a, x.shape.length, emitter) : a,
        transposeB ? transposed(b, y.shape.length, emitter) : b,
      ]);
    },
  },
};

/** Axis by axis from the last: one float32 sum over millions of values loses three digits. */
function reduceSum(axes: readonly number[], x: string, emitter: OnnxEmitter): string {
  return axes.reduceRight((sum, axis) => emitter.emit('ReduceSum', [sum, emitter.integers([axis])]), x);
}

/** Rules of reductions. */
export const reduce: OperatorRules<'sum' | 'max' | 'argMax'> = {
  sum: {
    gradient: ({ inputs: [x] }, dy) => [expand(dy, x.shape)],
    onnx: ({ inputs: [from], operation: { axes } }, [x], emitter) => {
      const long = axes.filter(axis => from.shape[axis] > 1);
      return reduceSum(long.length > 0 ? long : axes.slice(0, 1), x, emitter);
    },
  },
  max: {
    gradient: (y, dy) => {
      const hit = toFloat(equal(y.inputs[0], y));
      return [multiply(hit, divide(dy, sum(hit, y.operation.axes)))];
    },
    onnx: ({ operation }, [x], emitter) => emitter.emit('ReduceMax', [x, emitter.integers(operation.axes)]),
  },
  argMax: {
    onnx: ({ operation }, [x], emitter) =>
      emitter.emit('Cast', [emitter.emit('ArgMax', [x], { axis: operation.axis })], { to: 6 }),
  },
};

const int64 = 7;

/** Rules of lookups by index. */
export const indexing: OperatorRules<'gather' | 'scatterAdd'> = {
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
