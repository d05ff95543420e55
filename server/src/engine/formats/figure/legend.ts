import { fromHex, toHex } from '../../../../../mask/colours/colour';
import { escapeMarkup, textWidth } from '../../image/text';

export interface LegendEntry {
  readonly name: string;
  /** `#rrggbb` */
  readonly colour: string;
}

/** Pixels. */
const [textSize, swatch, swatchGap, entryGap, lineHeight] = [18, 18, 8, 26, 30];

interface Box {
  readonly left: number;
  readonly width: number;
}
interface Item extends LegendEntry {
  readonly width: number;
}

/** Colours with their names, in centred lines that fill the width: SVG elements, and the height that they take. */
export async function drawLegend(
  entries: readonly LegendEntry[],
  { left, width }: Box,
): Promise<{ svg: string; height: number }> {
  const items: Item[] = [];
  for (const entry of entries)
    items.push({ ...entry, width: swatch + swatchGap + (await textWidth(entry.name, textSize)) });
  const lines = linesOf(items, width);
  const parts = lines.flatMap((line, index) => {
    let x = left + Math.max(0, Math.round((width - lengthOf(line)) / 2)); // whole pixels keep edges sharp
    const middle = lineHeight * (index + 0.5);
    return line.map(({ name, colour, width: own }) => {
      const drawn =
        `<rect x="${x}" y="${middle - swatch / 2}" width="${swatch}" height="${swatch}" rx="${swatch / 4}" fill="${toHex(fromHex(colour))}"/>` +
        `<text x="${x + swatch + swatchGap}" y="${middle + 0.36 * textSize}" font-size="${textSize}">${escapeMarkup(name)}</text>`;
      x += own + entryGap;
      return drawn;
    });
  });
  return { svg: parts.join(''), height: lines.length * lineHeight };
}

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
  return line.reduce((sum, { width }) => sum + width + entryGap, -entryGap);
}
