import { emptyPlanes, plane, type Planes } from './planes';

/**
 * Means over a sliding window of `2 · radius + 1` values along lines of `count` values that lie `stride` apart; the
 * window shrinks at the ends.
 */
function slide(
  from: Float32Array,
  to: Float32Array,
  start: number,
  count: number,
  stride: number,
  radius: number,
): void {
  let sum = 0;
  let inside = 0;
  for (let i = 0; i < Math.min(radius, count); i++, inside++) sum += from[start + i * stride];
  for (let i = 0; i < count; i++) {
    if (i + radius < count) {
      sum += from[start + (i + radius) * stride];
      inside++;
    }
    if (i > radius) {
      sum -= from[start + (i - radius - 1) * stride];
      inside--;
    }
    to[start + i * stride] = sum / inside;
  }
}

/**
 * Blurs planes by the mean over the square of `2 · radius + 1` pixels around each pixel, taken twice, which is near a
 * Gaussian of deviation 0.8 · radius.
 */
export function blur(source: Planes, radius: number): Planes {
  const { width, height, channels } = source;
  const target = emptyPlanes(width, height, channels);
  const scratch = new Float32Array(width * height);
  for (let c = 0; c < channels; c++) {
    const to = plane(target, c);
    to.set(plane(source, c));
    for (let pass = 0; pass < 2; pass++) {
      for (let y = 0; y < height; y++) slide(to, scratch, y * width, width, 1, radius);
      for (let x = 0; x < width; x++) slide(scratch, to, x, height, width, radius);
    }
  }
  return target;
}

/**
 * The length, over all channels, of the central differences in both directions at each pixel. A difference across the
 * picture's edge is taken from the pixel itself.
 */
export function gradientMagnitude(planes: Planes): Float32Array {
  const { width, height, channels } = planes;
  const squares = new Float32Array(width * height);
  for (let c = 0; c < channels; c++) {
    const values = plane(planes, c);
    for (let y = 0, p = 0; y < height; y++) {
      const up = y > 0 ? -width : 0;
      const down = y + 1 < height ? width : 0;
      for (let x = 0; x < width; x++, p++) {
        const dx = values[x + 1 < width ? p + 1 : p] - values[x > 0 ? p - 1 : p];
        const dy = values[p + down] - values[p + up];
        squares[p] += dx * dx + dy * dy;
      }
    }
  }
  for (let p = 0; p < squares.length; p++) squares[p] = Math.sqrt(squares[p]);
  return squares;
}

/** Adds `weight × map ÷ mean(map)` to `sum`; a map that is zero everywhere adds nothing. */
export function addNormalised(sum: Float32Array, map: Float32Array, weight: number): void {
  let total = 0;
  for (const value of map) total += value;
  if (total <= 0) return;
  const scale = (weight * map.length) / total;
  for (let p = 0; p < sum.length; p++) sum[p] += map[p] * scale;
}
