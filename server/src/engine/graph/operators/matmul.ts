import type { Definitions, OnnxEmitter } from '../definition';
import { makeNode, type Node } from '../graph';
import { broadcastShapes, range } from '../shape';
import { sumTo } from './reduce';

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

function transposed(name: string, rank: number, emitter: OnnxEmitter): string {
  return emitter.emit('Transpose', [name], { perm: [...range(rank - 2), rank - 1, rank - 2] });
}

export const products: Definitions<'matmul'> = {
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
