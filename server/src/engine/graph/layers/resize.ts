import type { Node } from '../graph';
import { constant } from '../operators/leaves';
import { matmul } from '../operators/matmul';
import { reshape } from '../operators/shape';

export interface ResizeOptions {
  readonly mode: 'bilinear' | 'nearest';
  /** Whether corner pixels' centres meet; else corners of the pictures do (the default). */
  readonly alignCorners?: boolean;
}

/**
 * x [N,C,H,W] at another size [h,w]. Interpolation is linear and separable, so it is a matrix product along each axis:
 * it gives the same values on every back end, and its gradient is the products' own.
 */
export function resize(x: Node, [height, width]: readonly [number, number], options: ResizeOptions): Node {
  const [batch, channels, rows, columns] = x.shape;
  const wide = matmul(reshape(x, [batch * channels * rows, columns]), interpolation(columns, width, options), {
    transposeB: true,
  });
  const tall = matmul(interpolation(rows, height, options), reshape(wide, [batch * channels, rows, width]));
  return reshape(tall, [batch, channels, height, width]);
}

/** [to, from]: how much of each old sample is in each new one. */
function interpolation(from: number, to: number, { mode, alignCorners = false }: ResizeOptions): Node {
  const data = new Float32Array(to * from);
  for (let index = 0; index < to; index++) {
    const position = alignCorners ? (index * (from - 1)) / Math.max(to - 1, 1) : ((index + 0.5) * from) / to - 0.5;
    const inside = Math.min(Math.max(position, 0), from - 1);
    const sample = mode === 'nearest' ? Math.floor(inside + 0.5) : Math.floor(inside);
    const rest = mode === 'nearest' ? 0 : inside - sample;
    data[index * from + sample] += 1 - rest;
    if (rest > 0) data[index * from + sample + 1] += rest;
  }
  return constant({ shape: [to, from], data });
}
