import { DrawingBudget } from './drawingBudget';
import type { Paint } from './shapes';

/**
 * Fills a shape in COCO's run-length encoding: alternating lengths of runs outside and inside the shape, down the
 * columns from the left.
 * @param counts the lengths, or the string that COCO's own code packs them into
 * @throws Error where they do not fill the picture, DrawingBudgetError for too many runs and pixels
 */
export function fillRuns(
  counts: readonly number[] | string,
  width: number,
  height: number,
  paint: Paint,
  budget = new DrawingBudget(),
): void {
  const lengths = checkedLengths(counts, width, height);
  let at = 0;
  const counting = budget.counting(paint);
  for (let i = 0; i < lengths.length; i++) {
    const end = at + lengths[i];
    if (i % 2 === 1) fillColumns(at, end, width, height, counting);
    at = end;
  }
}

/** The number of pixels of a shape in run lengths. @throws Error where they do not fill the picture */
export function areaOfRuns(counts: readonly number[] | string, width: number, height: number): number {
  const lengths = checkedLengths(counts, width, height);
  let area = 0;
  for (let i = 1; i < lengths.length; i += 2) area += lengths[i];
  return area;
}

/** Paints a run of pixels that goes down the columns: whole columns together, row by row. */
function fillColumns(from: number, to: number, width: number, height: number, paint: Paint): void {
  const [wholeFrom, wholeTo] = [Math.ceil(from / height), Math.floor(to / height)];
  if (wholeFrom >= wholeTo) {
    fillPixels(from, to, width, height, paint);
    return;
  }
  fillPixels(from, wholeFrom * height, width, height, paint);
  for (let row = 0; row < height; row++) paint(row * width + wholeFrom, row * width + wholeTo);
  fillPixels(wholeTo * height, to, width, height, paint);
}

function fillPixels(from: number, to: number, width: number, height: number, paint: Paint): void {
  let [column, row] = [Math.floor(from / height), from % height];
  for (let p = from; p < to; p++) {
    const pixel = row * width + column;
    paint(pixel, pixel + 1);
    if (++row === height) [column, row] = [column + 1, 0];
  }
}

function checkedLengths(counts: readonly number[] | string, width: number, height: number): readonly number[] {
  const lengths = typeof counts === 'string' ? unpackCounts(counts) : counts;
  let sum = 0;
  for (const length of lengths) {
    if (!Number.isInteger(length) || length < 0 || (sum += length) > width * height)
      throw new Error(`its run lengths do not fit ${width}×${height} pixels`);
  }
  if (sum !== width * height) throw new Error(`its run lengths do not fill ${width}×${height} pixels`);
  return lengths;
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
