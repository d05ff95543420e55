/**
 * Curves that raise the contrast of a picture where it is low, a curve for each tile of a grid. A pixel's value is that
 * of the curves of the four nearest tiles' middles, weighted by their distance.
 */
export interface LocalContrast {
  readonly columns: number;
  readonly rows: number;
  /** By tile in reading order: 256 values. */
  readonly curves: Uint8Array;
}

/** One value a pixel, 0 … 255. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  readonly values: Uint8Array;
}

const levels = 256;
/** The most tiles in a row and in a column. */
const mostTiles = 8;
/** The fewest pixels of a tile's side. */
const smallestTile = 16;

/**
 * Contrast-limited adaptive histogram equalization (Zuiderveld, “Contrast Limited Adaptive Histogram Equalization”,
 * Graphics Gems IV, 1994): each tile's curve is the cumulative histogram of its pixels, of which no level counts more
 * than `limit` times the mean of all. What is above is spread evenly over all levels, once.
 * @param limit at least 1, which hardly changes the picture
 */
export function localContrast(image: GreyImage, limit: number): LocalContrast {
  const { width, height } = image;
  const columns = Math.min(mostTiles, Math.max(1, Math.floor(width / smallestTile)));
  const rows = Math.min(mostTiles, Math.max(1, Math.floor(height / smallestTile)));
  const curves = new Uint8Array(columns * rows * levels);
  const edge = (index: number, count: number, length: number) => Math.floor((index * length) / count);
  for (let row = 0, tile = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, tile++) {
      const counts = new Float64Array(levels);
      const [left, right] = [edge(column, columns, width), edge(column + 1, columns, width)];
      const [top, bottom] = [edge(row, rows, height), edge(row + 1, rows, height)];
      for (let y = top; y < bottom; y++)
        for (let at = y * width + left; at < y * width + right; at++) counts[image.values[at]!]!++;
      curves.set(limitedCurve(counts, (right - left) * (bottom - top), limit), tile * levels);
    }
  }
  return { columns, rows, curves };
}

/** The cumulative histogram, with no level above the limit. Changes `counts`. */
function limitedCurve(counts: Float64Array, pixels: number, limit: number): Uint8Array {
  const most = (limit * pixels) / levels;
  let excess = 0;
  for (let level = 0; level < levels; level++) {
    excess += Math.max(0, counts[level]! - most);
    counts[level] = Math.min(counts[level]!, most);
  }
  const curve = new Uint8Array(levels);
  for (let level = 0, sum = 0; level < levels; level++) {
    sum += counts[level]! + excess / levels;
    curve[level] = Math.round(((levels - 1) * sum) / pixels);
  }
  return curve;
}

/**
 * The value that the curves give a value of 0 … 255 at a place of the picture.
 * @param x, y shares of its width and height, 0 … 1
 */
export function localValue({ columns, rows, curves }: LocalContrast, value: number, x: number, y: number): number {
  const across = x * columns - 0.5;
  const down = y * rows - 0.5;
  const left = Math.floor(across);
  const top = Math.floor(down);
  const curveAt = (column: number, row: number): number => {
    const tile = Math.min(rows - 1, Math.max(0, row)) * columns + Math.min(columns - 1, Math.max(0, column));
    return curves[tile * levels + value]!;
  };
  const part = across - left;
  const upper = curveAt(left, top) * (1 - part) + curveAt(left + 1, top) * part;
  const lower = curveAt(left, top + 1) * (1 - part) + curveAt(left + 1, top + 1) * part;
  return upper + (lower - upper) * (down - top);
}
