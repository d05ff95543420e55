import type { Node } from '../core/node';
import { constant } from '../operators/leaves';
import { matmul } from '../operators/products';
import { pad, reshape } from '../operators/shaping';
import { taps } from '../operators/convolution';
import { add, maximum, multiply } from '../operators/elementwise';

/** How values between pixels are found. */
export interface ResizeOptions {
  readonly mode: 'bilinear' | 'nearest';
  /** Whether corner pixels' centres meet; else corners of the pictures do (the default). */
  readonly alignCorners?: boolean;
}

/**
 * Resizes x [N,C,H,W] to [h,w]. Interpolation is linear and separable, so it is a matrix product along each axis: it
 * gives the same values on every back end, and its gradient is the products' own.
 */
export function resize(x: Node, [height, width]: readonly [number, number], options: ResizeOptions): Node {
  const [batch, channels, rows, columns] = x.shape;
  const wide = matmul(reshape(x, [batch * channels * rows, columns]), interpolation(columns, width, options), {
    transposeB: true,
  });
  const tall = matmul(interpolation(rows, height, options), reshape(wide, [batch * channels, rows, width]));
  return reshape(tall, [batch, channels, height, width]);
}

/** The weights [to, from] of the old samples in the new ones. */
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

/** The windows of a pooling. */
export interface PoolingOptions {
  /** Side of the window in pixels. */
  readonly size: number;
  /** Default: `size`. */
  readonly stride?: number;
  /** Pixels around; less than `size`. Default 0. */
  readonly padding?: number;
}

/** The greatest value in each window of x [N,C,H,W]. Padding never wins. */
export function maxPooling(x: Node, options: PoolingOptions): Node {
  const { padding = 0 } = options;
  return windows(padding === 0 ? x : add(padded(x, padding), border(x, padding)), options).reduce((greatest, tap) =>
    maximum(greatest, tap),
  );
}

/** The mean of each window of x [N,C,H,W]; padding counts as zeros. */
export function averagePooling(x: Node, options: PoolingOptions): Node {
  return multiply(
    windows(padded(x, options.padding ?? 0), options).reduce((sum, tap) => add(sum, tap)),
    1 / options.size ** 2,
  );
}

/** The input of each tap of the window, for all windows. */
function windows(x: Node, { size, stride = size }: PoolingOptions): Node[] {
  const output = [2, 3].map(axis => Math.floor((x.shape[axis] - size) / stride) + 1);
  if (output.some(length => length < 1))
    throw new Error(`A window of ${size} pixels is larger than its input [${x.shape.join()}]`);
  return taps(x, [size, size], output, { strides: [stride, stride], dilations: [1, 1], pads: [0, 0, 0, 0] });
}

function padded(x: Node, padding: number): Node {
  return pad(x, [0, 0, padding, padding], [0, 0, padding, padding]);
}

/** A map [1,1,H,W] of the padded size: zero inside, hugely negative around. */
function border(x: Node, padding: number): Node {
  const [height, width] = [x.shape[2] + 2 * padding, x.shape[3] + 2 * padding];
  const inside = (position: number, length: number) => position >= padding && position < length - padding;
  const data = Float32Array.from({ length: height * width }, (_, index) =>
    inside(Math.floor(index / width), height) && inside(index % width, width) ? 0 : -3e38,
  );
  return constant({ shape: [1, 1, height, width], data });
}
