import type { Node } from '../graph';
import { taps } from '../operators/convolution-weights';
import { add, maximum, multiply } from '../operators/elementwise';
import { constant } from '../operators/leaves';
import { pad } from '../operators/shape';

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

/** One tensor for each place in the window: what lies there, for every window. */
function windows(x: Node, { size, stride = size }: PoolingOptions): Node[] {
  const output = [2, 3].map(axis => Math.floor((x.shape[axis] - size) / stride) + 1);
  if (output.some(length => length < 1))
    throw new Error(`A window of ${size} pixels is larger than its input [${x.shape.join()}]`);
  return taps(x, [size, size], output, { strides: [stride, stride], dilations: [1, 1], pads: [0, 0, 0, 0] });
}

function padded(x: Node, padding: number): Node {
  return pad(x, [0, 0, padding, padding], [0, 0, padding, padding]);
}

/** [1,1,H,W] of the padded size: zero inside, hugely negative around. */
function border(x: Node, padding: number): Node {
  const [height, width] = [x.shape[2] + 2 * padding, x.shape[3] + 2 * padding];
  const inside = (position: number, length: number) => position >= padding && position < length - padding;
  const data = Float32Array.from({ length: height * width }, (_, index) =>
    inside(Math.floor(index / width), height) && inside(index % width, width) ? 0 : -3e38,
  );
  return constant({ shape: [1, 1, height, width], data });
}
