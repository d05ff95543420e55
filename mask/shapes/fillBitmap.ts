import { DrawingBudget } from './drawingBudget';
import type { Paint } from './shapes';

/** A small picture of one bit a pixel, row-major from the most significant bit, and the place of its first pixel. */
export interface Bitmap {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bits: Uint8Array;
}

/** Packs values into a bitmap: its pixels are those that are not 0. */
export function bitmapOf(values: ArrayLike<number>, { width, height, ...place }: Omit<Bitmap, 'bits'>): Bitmap {
  const bits = new Uint8Array(Math.ceil((width * height) / 8));
  for (let p = 0; p < width * height; p++) if (values[p] !== 0) bits[p >> 3] |= 0x80 >> (p & 7);
  return { ...place, width, height, bits };
}

/** Fills the pixels of a bitmap; what lies outside the picture is left out. @throws DrawingBudgetError */
export function fillBitmap(
  { left, top, width: across, height: down, bits }: Bitmap,
  width: number,
  height: number,
  paint: Paint,
  budget = new DrawingBudget(),
): void {
  const counting = budget.counting(paint);
  const [first, end] = [Math.max(0, -left), Math.min(across, width - left)];
  for (let y = Math.max(0, -top); y < Math.min(down, height - top); y++) {
    const start = (top + y) * width + left;
    let from = -1;
    for (let x = first; x < end; x++) {
      const p = y * across + x;
      const isSet = (bits[p >> 3] & (0x80 >> (p & 7))) !== 0;
      if (isSet && from < 0) from = x;
      else if (!isSet && from >= 0) {
        counting(start + from, start + x);
        from = -1;
      }
    }
    if (from >= 0) counting(start + from, start + end);
  }
}
