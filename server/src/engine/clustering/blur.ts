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
 * Mean over the square of `2 · radius + 1` pixels around each pixel, twice, which is near a Gaussian of deviation 0.8 ·
 * radius.
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
