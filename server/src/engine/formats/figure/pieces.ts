import type { OverlayOptions } from 'sharp';

/** A piece of a picture: four bytes a pixel. */
export interface Piece { readonly width: number; readonly height: number; readonly rgba: Uint8Array }

/** Pieces at their places, and the height that they take. */
export interface Placed { readonly pieces: OverlayOptions[]; readonly height: number }

/** A piece at its place. */
export function placed({ width, height, rgba }: Piece, left: number, top: number): OverlayOptions {
  return { input: Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength), raw: { width, height, channels: 4 }, left: Math.round(left), top: Math.round(top) };
}

/** A piece without what is right of a width. */
export function cropped({ width, height, rgba }: Piece, limit: number): Piece {
  if (width <= limit) return { width, height, rgba };
  const rows = Array.from({ length: height }, (_, y) => rgba.subarray(4 * y * width, 4 * (y * width + limit)));
  return { width: limit, height, rgba: Buffer.concat(rows) };
}
