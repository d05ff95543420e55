import sharp, { type OverlayOptions } from 'sharp';
import { fromHex, toHex } from '../../../../../mask/colours/colour';
import type { Picture } from '../../image/picture';
import { blend } from '../encodeOverlay';
import { exifMark } from '../replaceable';
import { escapeMarkup, fontAttributes, loadFont, textWidth } from '../../image/pictureText';

/** The heading of a column: a title, and optionally a detail. */
export interface Column {
  readonly title: string;
  readonly detail?: string;
}

/** A picture, plain or under a mask of the picture's size: label values a pixel (0: none) and `#rrggbb` by value. */
export interface Cell {
  readonly picture: Picture;
  readonly mask?: { readonly labels: Uint16Array; readonly colours: ReadonlyMap<number, string> };
}

export interface Figure {
  readonly columns: readonly Column[];
  /** The cells: a row for each image, a cell for each column. */
  readonly rows: readonly (readonly Cell[])[];
  /** The meanings of the colours; may be empty. */
  readonly legend: readonly LegendEntry[];
}

/** Pixels. */
const [margin, gap, titleSize] = [28, 14, 24];
const [ink, paleInk] = ['#1f2328', '#6e7781'];
const opacity = 0.6;

/**
 * Draws a figure: titled columns side by side, a row for each image, the legend below.
 * @param columnWidth of each column, pixels
 * @returns PNG
 */
export async function drawFigure({ columns, rows, legend }: Figure, columnWidth: number): Promise<Uint8Array> {
  await loadFont();
  const width = 2 * margin + columns.length * columnWidth + (columns.length - 1) * gap;
  const left = (column: number) => margin + column * (columnWidth + gap);
  const cells = [];
  let top = margin + titleSize + gap;
  for (const row of rows) {
    const height = heightAt(columnWidth, row[0]!.picture);
    for (const [column, cell] of row.entries()) {
      cells.push({
        input: await drawCell(cell, columnWidth, height),
        raw: { width: columnWidth, height, channels: 3 } as const,
        left: left(column),
        top,
      });
    }
    top += height + gap;
  }
  const titles = columns.map((column, index) => titleOf(column, left(index), columnWidth)).join('');
  const below = await drawLegend(legend, { left: margin, width: width - 2 * margin });
  const texts = [
    drawing(titles, width, margin + titleSize + gap, 0),
    ...(below.height > 0 ? [drawing(below.svg, width, below.height, top)] : []),
  ];
  const height = top - gap + (below.height > 0 ? gap + below.height : 0) + margin;
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([...cells, ...texts])
    .removeAlpha()
    .withExif(exifMark('figure'))
    .png()
    .toBuffer();
}

/** Computes the height at which a picture keeps its proportions, pixels. */
export function heightAt(columnWidth: number, { width, height }: Pick<Picture, 'width' | 'height'>): number {
  return Math.max(1, Math.round((height * columnWidth) / width));
}

/** Places SVG elements at a distance from the top; drawings are small, as a figure may be longer than an SVG. */
function drawing(elements: string, width: number, height: number, top: number): OverlayOptions {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${fontAttributes} fill="${ink}">` +
    `${elements}</svg>`;
  return { input: Buffer.from(svg), left: 0, top };
}

/** Draws a column's heading, cut off at the column's width. */
function titleOf({ title, detail = '' }: Column, left: number, width: number): string {
  const pale = `<tspan dx="12" fill="${paleInk}">${escapeMarkup(detail)}</tspan>`;
  const text = `<text y="${titleSize}" font-size="${titleSize}">${escapeMarkup(title)}${pale}</text>`;
  return `<svg x="${left}" y="${margin - titleSize / 4}" width="${width}" height="${1.4 * titleSize}">${text}</svg>`;
}

/**
 * Draws the picture at the cell's size, with the mask over it drawn at that size, so that outlines are equally thin
 * everywhere: RGB.
 */
async function drawCell({ picture, mask }: Cell, width: number, height: number): Promise<Buffer> {
  const source = {
    raw: { width: picture.width, height: picture.height, channels: 3 },
    limitInputPixels: false,
  } as const;
  const rgb = await sharp(picture.rgb, source).resize(width, height, { fit: 'fill' }).raw().toBuffer();
  return mask
    ? Buffer.from(
        blend({ width, height, rgb }, nearest(mask.labels, picture, width, height), mask.colours, opacity).buffer,
      )
    : rgb;
}

/** Scales a label map to `width × height` pixels, by the nearest pixel. */
export function nearest(
  labels: Uint16Array,
  { width: fromWidth, height: fromHeight }: Pick<Picture, 'width' | 'height'>,
  width: number,
  height: number,
): Uint16Array {
  const result = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * fromHeight) / height) * fromWidth;
    for (let x = 0; x < width; x++) result[y * width + x] = labels[row + Math.floor(((x + 0.5) * fromWidth) / width)]!;
  }
  return result;
}

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

/** Draws the colours with their names, in centred lines that fill the width. Returns SVG elements, and their height. */
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
      const drawn = [
        `<rect x="${x}" y="${middle - swatch / 2}" width="${swatch}" height="${swatch}" `,
        `rx="${swatch / 4}" fill="${toHex(fromHex(colour))}"/>`,
        `<text x="${x + swatch + swatchGap}" y="${middle + 0.36 * textSize}" font-size="${textSize}">`,
        `${escapeMarkup(name)}</text>`,
      ].join('');
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
