import { encode } from 'fast-png';
import type { MaskDocument } from '../../mask/document/maskDocument';

/** Pixels. */
const maxWidth = 320;

/**
 * A mask alone, small, in its labels' colours and black for background, as PNG: what can be shown without the server.
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
  const at = (place: number, length: number) => Math.min(length - 1, Math.floor((place + 0.5) * step));
  const data = new Uint8Array(3 * columns * rows);
  for (let y = 0, to = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++, to += 3) {
      const label = labelOf[regions.ids[at(y, height) * width + at(x, width)]];
      if (label > 0) data.set(colours.subarray(3 * representative[label - 1], 3 * representative[label - 1] + 3), to);
    }
  }
  return encode({ width: columns, height: rows, data, channels: 3, depth: 8 });
}
