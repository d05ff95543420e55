import { decodeMaskPng } from '../files/indexedPng';
import { pngChunks, pngHeader } from '../files/pngChunks';
import type { DrawingBudget } from '../shapes/drawingBudget';
import { bitmapOf, type Bitmap } from '../shapes/fillBitmap';
import type { Size } from './foreignLabels';

type Corner = readonly [x: number, y: number];

/**
 * Decodes a shape of LabelMe's type “mask”: a PNG in base64 that covers the pixels from its first corner to its second
 * one, both included; fractions of corners are dropped. Values other than 0 belong to the shape.
 * @throws Error, a clause for people, for what is no such PNG, or one larger than the picture; DrawingBudgetError
 */
export function labelmeMask(
  text: unknown,
  [[x0, y0], [x1, y1]]: readonly [Corner, Corner],
  size: Size,
  budget: DrawingBudget,
): Bitmap {
  if (typeof text !== 'string' || text === '') throw new Error('without its mask');
  const [left, top, right, bottom] = [x0, y0, x1, y1].map(Math.trunc) as [number, number, number, number];
  const bytes = Buffer.from(text, 'base64');
  const { width, height } = headerOf(bytes);
  if (width !== right - left + 1 || height !== bottom - top + 1)
    throw new Error(
      `the mask has ${width}×${height} pixels, its corners are of ${right - left + 1}×${bottom - top + 1}`,
    );
  if (width > size.width || height > size.height) throw new Error('the mask is larger than the picture');
  budget.spendDecoding(width * height);
  try {
    const { labels } = decodeMaskPng(bytes, width * height);
    return bitmapOf(labels, { left, top, width, height });
  } catch (error) {
    throw notRead(error);
  }
}

function headerOf(bytes: Uint8Array): Size {
  try {
    return pngHeader(pngChunks(bytes));
  } catch (error) {
    throw notRead(error);
  }
}

function notRead(cause: unknown): Error {
  return new Error('the mask is damaged, or no PNG with one value a pixel', { cause });
}
