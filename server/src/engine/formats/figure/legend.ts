import type { OverlayOptions } from 'sharp';
import { fromHex, toHex } from '../../../../../mask/colour';
import { cropped, placed, type Piece, type Placed } from './pieces';
import { renderText } from './text';

export interface LegendEntry {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

/** Pixels. */
const [textSize, swatch, swatchGap, entryGap, lineGap] = [18, 18, 8, 26, 8];

interface Box { readonly left: number; readonly top: number; readonly width: number }

/** Colours with their names, in centred lines that fill the width. */
export async function placeLegend(entries: readonly LegendEntry[], { left, top, width }: Box): Promise<Placed> {
  const texts = await Promise.all(entries.map(({ name }) => renderText([{ text: name, colour: '#1f2328' }], textSize)));
  const items = entries.map(({ colour }, index) => ({ colour, text: cropped(texts[index], width - swatch - swatchGap) }));
  const pieces: OverlayOptions[] = [];
  let y = top;
  for (const line of linesOf(items, width)) {
    const height = Math.max(swatch, ...line.map(({ text }) => text.height));
    let x = left + (width - lengthOf(line)) / 2;
    for (const { colour, text } of line) {
      pieces.push(square(colour, x, y + (height - swatch) / 2), placed(text, x + swatch + swatchGap, y + (height - text.height) / 2));
      x += swatch + swatchGap + text.width + entryGap;
    }
    y += height + lineGap;
  }
  return { pieces, height: entries.length > 0 ? Math.ceil(y - top - lineGap) : 0 };
}

interface Item { readonly colour: string; readonly text: Piece }

function linesOf(items: readonly Item[], width: number): Item[][] {
  const lines: Item[][] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last && lengthOf([...last, item]) <= width) last.push(item);
    else lines.push([item]);
  }
  return lines;
}

function lengthOf(line: readonly Item[]): number {
  return line.reduce((sum, { text }) => sum + swatch + swatchGap + text.width + entryGap, -entryGap);
}

/** A square of a colour with rounded corners. */
function square(colour: string, left: number, top: number): OverlayOptions {
  const shape = `<rect width="${swatch}" height="${swatch}" rx="${swatch / 4}" fill="${toHex(fromHex(colour))}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${swatch}" height="${swatch}">${shape}</svg>`;
  return { input: Buffer.from(svg), left: Math.round(left), top: Math.round(top) };
}
