import type { Paint } from './shapes';

/**
 * Fills a shape in COCO's run-length encoding: alternating lengths of runs outside and inside the shape, down the
 * columns from the left.
 * @param counts the lengths, or the string that COCO's own code packs them into
 * @throws Error where they do not fill the picture
 */
export function fillRuns(counts: readonly number[] | string, width: number, height: number, paint: Paint): void {
  const lengths = typeof counts === 'string' ? unpackCounts(counts) : counts;
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i];
    if (!Number.isInteger(length) || length < 0 || at + length > width * height)
      throw new Error(`its run lengths do not fit ${width}×${height} pixels`);
    if (i % 2 === 1) {
      for (let p = at; p < at + length; p++) {
        const to = (p % height) * width + Math.floor(p / height);
        paint(to, to + 1);
      }
    }
    at += length;
  }
  if (at !== width * height) throw new Error(`its run lengths do not fill ${width}×${height} pixels`);
}

/** A rectangle of pixels; `right` and `bottom` lie outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Encodes a label's pixels in COCO's run-length encoding, not packed; see `fillRuns`.
 * @param box contains all of the label's pixels
 */
export function runLengthsOf(
  labels: Uint16Array,
  label: number,
  { left, top, right, bottom }: Box,
  width: number,
  height: number,
): number[] {
  const counts: number[] = [];
  let [end, start] = [0, -1];
  const close = (at: number) => {
    if (start < 0) return;
    counts.push(start - end, at - start);
    [end, start] = [at, -1];
  };
  for (let x = left; x < right; x++) {
    if (top > 0) close(x * height);
    for (let y = top; y < bottom; y++) {
      if (labels[y * width + x] !== label) close(x * height + y);
      else if (start < 0) start = x * height + y;
    }
    if (bottom < height) close(x * height + bottom);
  }
  close((right - 1) * height + bottom);
  return end < width * height ? [...counts, width * height - end] : counts;
}

/**
 * Unpacks COCO's counts: five bits a character, from code 48, the lowest first. The sixth bit means that more
 * characters follow, and the fifth bit of the last character is the sign. From the fourth count on, the packed number
 * is the difference from the count before the last.
 */
function unpackCounts(packed: string): number[] {
  const counts: number[] = [];
  for (let at = 0; at < packed.length;) {
    let [value, shift, code] = [0, 0, 0x20];
    while (code & 0x20) {
      if (at >= packed.length || shift > 25) throw new Error('its packed run lengths are damaged');
      code = packed.charCodeAt(at++) - 48;
      if (code < 0 || code > 63) throw new Error('its packed run lengths are damaged');
      value |= (code & 0x1f) << shift;
      shift += 5;
    }
    if (code & 0x10 && shift < 32) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts[counts.length - 2] : value);
  }
  return counts;
}
