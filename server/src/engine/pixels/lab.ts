import type { Picture } from '../image/picture';
import { emptyPlanes, type Planes } from './planes';

/** sRGB's transfer function by byte value (IEC 61966-2-1), to linear light in [0, 1]. */
const linear = Float32Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/**
 * CIE's companding function f at `i / steps`: a table, interpolated, as a cube root a channel and pixel costs more than
 * all the rest.
 */
const steps = 4096;
const companded = Float32Array.from({ length: steps + 2 }, (_, i) => {
  const t = i / steps;
  return t > 216 / 24389 ? Math.cbrt(t) : (t * (24389 / 27)) / 116 + 16 / 116;
});

function compand(t: number): number {
  const position = t * steps;
  const index = position | 0;
  return companded[index] + (position - index) * (companded[index + 1] - companded[index]);
}

/**
 * Converts an sRGB picture to CIE 1976 L*a*b* under D65 and the 2° observer: three planes, L* in 0…100, a* and b* about
 * -100…100, within 0.01 of the exact values.
 */
export function toLab(picture: Picture): Planes {
  const { width, height, rgb } = picture;
  const lab = emptyPlanes(width, height, 3);
  const size = width * height;
  const data = lab.data;
  for (let i = 0, p = 0; i < size; i++, p += 3) {
    const r = linear[rgb[p]];
    const g = linear[rgb[p + 1]];
    const b = linear[rgb[p + 2]];
    // The rows of the sRGB matrix are divided by D65's white (0.95047, 1, 1.08883), so that white is (1, 1, 1).
    const fx = compand(0.43395304 * r + 0.37621942 * g + 0.18982755 * b);
    const fy = compand(0.212671 * r + 0.71516 * g + 0.072169 * b);
    const fz = compand(0.01775688 * r + 0.10947214 * g + 0.87277198 * b);
    data[i] = 116 * fy - 16;
    data[size + i] = 500 * (fx - fy);
    data[2 * size + i] = 200 * (fy - fz);
  }
  return lab;
}
