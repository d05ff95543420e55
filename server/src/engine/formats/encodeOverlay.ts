import sharp from 'sharp';
import type { Label } from '../../../../mask/document/maskDocument';
import type { Picture } from '../image/picture';
import { exifMark } from './replaceable';

/** How strongly labels cover the picture, from 0 to 1. */
const defaultOpacity = 0.5;

/**
 * Encodes the picture with each label's colour over it and white outlines between labels, as PNG.
 * @param labels one value a pixel, row-major, 0 for background, which stays uncovered
 * @param colours `#rrggbb` by label value
 */
export async function encodeOverlay(
  picture: Picture,
  labels: Uint16Array,
  colours: ReadonlyMap<number, string>,
  opacity = defaultOpacity,
): Promise<Uint8Array> {
  const { width, height } = picture;
  return sharp(blend(picture, labels, colours, opacity), { raw: { width, height, channels: 3 } })
    .withExif(exifMark('overlay'))
    .png()
    .toBuffer();
}

/** Maps label values to the colours of their labels, `#rrggbb`. */
export function coloursOf(labels: readonly Label[]): Map<number, string> {
  return new Map(labels.map(({ value, colour }) => [value, colour]));
}

/**
 * Draws each label's colour over a picture, and white outlines between labels: three bytes a pixel.
 * @param opacity how strongly labels cover the picture, from 0 to 1
 */
export function blend(
  { width, height, rgb }: Picture,
  labels: Uint16Array,
  colours: ReadonlyMap<number, string>,
  opacity: number,
): Uint8Array {
  const covered = Uint8Array.from(rgb);
  const table = colourTable(colours);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const label = labels[p]!;
      if ((x + 1 < width && labels[p + 1] !== label) || (y + 1 < height && labels[p + width] !== label))
        covered.fill(255, p * 3, p * 3 + 3);
      else if (label > 0) {
        for (let c = 0; c < 3; c++)
          covered[p * 3 + c] = Math.round(rgb[p * 3 + c]! * (1 - opacity) + table[label * 3 + c]! * opacity);
      }
    }
  }
  return covered;
}

function colourTable(colours: ReadonlyMap<number, string>): Uint8Array {
  let largest = 0;
  for (const label of colours.keys()) largest = Math.max(largest, label);
  const table = new Uint8Array((largest + 1) * 3);
  for (const [label, colour] of colours) {
    const value = parseInt(colour.slice(1), 16);
    table.set([value >> 16, (value >> 8) & 255, value & 255], label * 3);
  }
  return table;
}
