import { encode } from 'fast-png';
import type { MaskDocument } from '../../mask/document/maskDocument';

/** The greatest width of a thumbnail, in pixels. */
const maxWidth = 320;

/**
 * A small picture of a mask alone, in its labels' colours and black for background, as PNG of at most 320 pixels in
 * width. It needs no server.
 */
export function maskThumbnail(document: MaskDocument): Uint8Array {
  const {
    width,
    height,
    state: { regions },
  } = document;
  const { labelOf, representative } = document.cut();
  const { colours } = document.view();
  const step = Math.max(1, width / maxWidth);
  const [columns, rows] = [Math.max(1, Math.floor(width / step)), Math.max(1, Math.floor(height / step))];
  /** The pixel of the mask in the middle of a pixel of the thumbnail. */
  const sampled = (index: number, length: number) => Math.min(length - 1, Math.floor((index + 0.5) * step));
  const data = new Uint8Array(3 * columns * rows);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to += 3) {
      const label = labelOf[regions.ids[sampled(y, height) * width + sampled(x, width)] ?? 0] ?? 0;
      const region = representative[label - 1];
      if (region !== undefined) data.set(colours.subarray(3 * region, 3 * region + 3), to);
    }
  }
  return encode({ width: columns, height: rows, data, channels: 3, depth: 8 });
}
