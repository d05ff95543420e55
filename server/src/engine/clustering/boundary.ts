import { plane, type Planes } from './planes';

/**
 * How strongly the image changes at each pixel: the length, over all channels, of central differences in both
 * directions. Zero along a side without neighbours.
 */
export function gradient(planes: Planes): Float32Array {
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
