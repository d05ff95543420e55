import sharp, { type OverlayOptions } from 'sharp';
import type { Picture } from '../../image/picture';
import { blend, isMarked } from '../overlay';
import { placeLegend, type LegendEntry } from './legend';
import { cropped, placed, type Piece, type Placed } from './pieces';
import { renderText } from './text';

/** What is over a column: a title, and maybe what it is about. */
export interface Column { readonly title: string; readonly detail?: string }

/** A picture, plain or under a mask: label values a pixel (0: none) and `#rrggbb` by value, both of the picture's size. */
export interface Cell {
  readonly picture: Picture;
  readonly mask?: { readonly labels: Uint16Array; readonly colours: ReadonlyMap<number, string> };
}

export interface Figure {
  readonly columns: readonly Column[];
  /** A row an image, a cell a column. */
  readonly rows: readonly (readonly Cell[])[];
  /** What the colours of the last column mean; may be empty. */
  readonly legend: readonly LegendEntry[];
}

/** What marks a PNG as made here (its EXIF `Software`), so that only such a file is ever replaced. */
const software = 'Labelless figure';

/** Whether a file's content is a figure. */
export function isFigure(file: Uint8Array): Promise<boolean> {
  return isMarked(file, software);
}

/** Pixels. */
const [margin, gap, titleSize] = [28, 14, 24];
const [ink, paleInk] = ['#1f2328', '#6e7781'];
const opacity = 0.6;

/**
 * Draws a figure: titled columns side by side, a row an image, the legend below.
 * @param columnWidth of each column, pixels
 * @returns PNG
 */
export async function drawFigure({ columns, rows, legend }: Figure, columnWidth: number): Promise<Uint8Array> {
  const width = 2 * margin + columns.length * columnWidth + (columns.length - 1) * gap;
  const left = (column: number) => margin + column * (columnWidth + gap);
  const titles = await placeTitles(columns, columnWidth, left);
  const pieces = titles.pieces;
  let top = margin + titles.height;
  for (const row of rows) {
    const height = heightOf(row[0].picture, columnWidth);
    for (const [column, cell] of row.entries()) pieces.push(placed(await drawCell(cell, columnWidth, height), left(column), top));
    top += height + gap;
  }
  const below = await placeLegend(legend, { left: margin, top: top + gap / 2, width: width - 2 * margin });
  const height = top - gap + (below.height > 0 ? 1.5 * gap + below.height : 0) + margin;
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
    .composite([...pieces, ...below.pieces]).withExif({ IFD0: { Software: software } }).png().toBuffer();
}

/** The height at which a picture keeps its proportions. */
function heightOf({ width, height }: Picture, columnWidth: number): number {
  return Math.max(1, Math.round(height * columnWidth / width));
}

async function placeTitles(columns: readonly Column[], columnWidth: number, left: (column: number) => number): Promise<Placed> {
  const pieces: OverlayOptions[] = [];
  let height = 0;
  for (const [column, { title, detail }] of columns.entries()) {
    const stretches = [{ text: title, colour: ink }, ...(detail === undefined ? [] : [{ text: `   ${detail}`, colour: paleInk }])];
    const text = cropped(await renderText(stretches, titleSize), columnWidth);
    pieces.push(placed(text, left(column), margin));
    height = Math.max(height, text.height);
  }
  return { pieces, height: height + gap };
}

/** The picture at the cell's size, with the mask over it drawn at that size, so that outlines are as thin everywhere. */
async function drawCell({ picture, mask }: Cell, width: number, height: number): Promise<Piece> {
  const source = { raw: { width: picture.width, height: picture.height, channels: 3 } } as const;
  const rgb = new Uint8Array(await sharp(picture.rgb, source).resize(width, height, { fit: 'fill' }).raw().toBuffer());
  const shown = mask ? blend({ width, height, rgb }, nearest(mask.labels, picture, width, height), mask.colours, opacity) : rgb;
  const rgba = new Uint8Array(4 * width * height).fill(255);
  for (let p = 0; p < width * height; p++) for (let c = 0; c < 3; c++) rgba[4 * p + c] = shown[3 * p + c];
  return { width, height, rgba };
}

function nearest(labels: Uint16Array, { width: fromWidth, height: fromHeight }: Picture, width: number, height: number): Uint16Array {
  const result = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y + 0.5) * fromHeight / height) * fromWidth;
    for (let x = 0; x < width; x++) result[y * width + x] = labels[row + Math.floor((x + 0.5) * fromWidth / width)];
  }
  return result;
}
