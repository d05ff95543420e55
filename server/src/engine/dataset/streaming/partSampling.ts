import type { Picture } from '../../image/picture';
import { normalisedByte } from './imageNormalisation';

/** A position on a picture's axis: the pixels that it averages, from `first` on, and the one nearest to it. */
export interface AxisPosition {
  readonly first: number;
  /** Their weights, which sum to 1. */
  readonly weights: readonly number[];
  readonly nearest: number;
  /** Whether it lies beyond the picture's edge. */
  readonly outside: boolean;
}

/** Computes the sides of the largest part of a picture with some proportions, in shares of the picture's sides. */
export function largestPart(
  { width, height }: Pick<Picture, 'width' | 'height'>,
  proportions: number,
): [number, number] {
  const relative = width / height / proportions;
  return relative > 1 ? [1 / relative, 1] : [1, relative];
}

/**
 * Locates `size` positions on a picture's axis, of which they show a share at a place from 0 to 1. Each averages the
 * pixels by a triangle: between two where the picture is enlarged, and as wide as the positions are apart where it is
 * made smaller, so that fine detail does not turn into noise.
 * @param full the pixels of the picture's axis
 */
export function axisPositions(size: number, full: number, scale: number, place: number): AxisPosition[] {
  const start = place * (1 - scale);
  const reach = Math.max(1, (scale * full) / size);
  return Array.from({ length: size }, (_, to) => {
    const share = ((to + 0.5) / size) * scale + start;
    const at = Math.min(full - 1, Math.max(0, share * full - 0.5));
    const first = Math.max(0, Math.floor(at - reach) + 1);
    const last = Math.min(full - 1, Math.ceil(at + reach) - 1);
    const heights = Array.from({ length: last - first + 1 }, (_, tap) => 1 - Math.abs(first + tap - at) / reach);
    const sum = heights.reduce((total, height) => total + height, 0);
    return {
      first,
      weights: heights.map(height => height / sum),
      nearest: Math.round(at),
      outside: share < 0 || share >= 1,
    };
  });
}

/** Samples a picture at positions, normalised, into [3, down, across]. What lies beyond its edges is left as it is. */
export function samplePicture(
  to: Float32Array,
  { width, rgb }: Picture,
  across: readonly AxisPosition[],
  down: readonly AxisPosition[],
): void {
  const area = across.length * down.length;
  const rows = new Map<number, Float64Array>();
  const rowAt = (y: number) => {
    let row = rows.get(y);
    if (!row) rows.set(y, (row = sampleRow(rgb.subarray(3 * y * width, 3 * (y + 1) * width), across)));
    return row;
  };
  down.forEach(({ first, weights, outside }, y) => {
    if (outside) return;
    const averaged = weights.map((weight, tap) => ({ weight, row: rowAt(first + tap) }));
    across.forEach((position, x) => {
      if (position.outside) return;
      for (let channel = 0; channel < 3; channel++) {
        let value = 0;
        for (const { weight, row } of averaged) value += weight * row[3 * x + channel]!;
        to[channel * area + y * across.length + x] = normalisedByte(value, channel);
      }
    });
  });
}

function sampleRow(row: Uint8Array, across: readonly AxisPosition[]): Float64Array {
  const sampled = new Float64Array(3 * across.length);
  across.forEach(({ first, weights }, x) => {
    for (let channel = 0; channel < 3; channel++) {
      let value = 0;
      for (const [tap, weight] of weights.entries()) value += weight * row[3 * (first + tap) + channel]!;
      sampled[3 * x + channel] = value;
    }
  });
  return sampled;
}
