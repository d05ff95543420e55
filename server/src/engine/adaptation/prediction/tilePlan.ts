import type { Size } from '../../image/picture';

/** The part of an axis that a tile covers, and its weight in the blend at each place of it. */
export interface Span {
  readonly start: number;
  /** One weight a place. At each place of the axis the weights of all spans sum to one. */
  readonly weights: Float32Array;
}

/** A part of a picture that is predicted by itself. All tiles of a plan have one size. */
export interface Tile {
  readonly across: Span;
  readonly down: Span;
}

/** Sides of tiles are multiples of this, so that tiles begin where the coarsest level of a network has a pixel. */
const tileUnit = 128;
/** The stride of the coarsest level of any network: sides of pictures in tiles, and starts of tiles, are multiples. */
export const coarsestStride = 32;

/**
 * The longest side of a tile. A network interpolates by products of matrices, whose time and memory grow with the
 * square of a side.
 */
const longestSide = 1024;

/** The smallest number of pixels that a tile may be asked to keep within. */
export const smallestTile = tileUnit * tileUnit;

/** Whether a picture of a size is predicted whole. */
export function isOneTile({ width, height }: Size, mostPixels: number): boolean {
  return width * height <= mostPixels && Math.max(width, height) <= longestSide;
}

/**
 * Cuts a picture into tiles of one size, of at most `mostPixels` pixels, that overlap by a quarter of a tile or more;
 * one tile where the picture is no larger. Weights fall evenly to a tile's edges within the picture, since a network
 * sees too little beyond them.
 * @param size sides that are multiples of `coarsestStride` where the picture is larger than a tile
 * @param mostPixels at least `smallestTile`
 */
export function tilePlan(size: Size, mostPixels: number): Tile[] {
  const { width, height } = size;
  if (isOneTile(size, mostPixels)) return [{ across: wholeSpan(width), down: wholeSpan(height) }];
  const side = (pixels: number, full: number) =>
    Math.min(full, longestSide, Math.max(tileUnit, Math.floor(pixels / tileUnit) * tileUnit));
  const square = Math.sqrt(mostPixels);
  // A side that is short leaves room for the other one.
  const tileWidth = height < square ? side(mostPixels / height, width) : side(square, width);
  const tileHeight = side(mostPixels / tileWidth, height);
  const rows = spans(height, tileHeight);
  const columns = spans(width, tileWidth);
  return rows.flatMap(down => columns.map(across => ({ across, down })));
}

function wholeSpan(length: number): Span {
  return { start: 0, weights: new Float32Array(length).fill(1) };
}

/** Spreads spans of at most `longest` places evenly over an axis, no longer than an overlap of a quarter demands. */
function spans(length: number, longest: number): Span[] {
  if (length <= longest) return [wholeSpan(length)];
  const count = Math.ceil(((4 * length) / longest - 1) / 3);
  const tile = Math.ceil((4 * length) / (3 * count + 1) / tileUnit) * tileUnit;
  const gap = (length - tile) / (count - 1);
  const starts = Array.from(
    { length: count },
    (_, index) => Math.floor((index * gap) / coarsestStride) * coarsestStride,
  );
  const raw = starts.map((start, index) => {
    const before = index > 0 ? starts[index - 1]! + tile - start : 0;
    const after = index < count - 1 ? start + tile - starts[index + 1]! : 0;
    return Float64Array.from({ length: tile }, (_, at) =>
      Math.min(1, before > 0 ? (at + 0.5) / before : 1, after > 0 ? (tile - at - 0.5) / after : 1),
    );
  });
  const total = new Float64Array(length);
  raw.forEach((weights, index) => {
    weights.forEach((weight, at) => (total[starts[index]! + at]! += weight));
  });
  return raw.map((weights, index) => ({
    start: starts[index]!,
    weights: Float32Array.from(weights, (weight, at) => weight / total[starts[index]! + at]!),
  }));
}
