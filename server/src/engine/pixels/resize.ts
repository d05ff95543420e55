import type { Picture, Size } from '../image/picture';
import { emptyPlanes, plane, type Planes } from './planes';

/** The first source cell of each target cell, and the end of the last one's: one entry more than there are cells. */
function cellBounds(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to + 1 }, (_, i) => Math.floor((i * from) / to));
}

/**
 * Makes `picture` smaller: each target pixel is the mean of the source pixels that it covers. Targets are at most the
 * source's size.
 */
export function reducePicture(picture: Picture, width: number, height: number): Picture {
  const rgb = new Uint8Array(width * height * 3);
  const xs = cellBounds(picture.width, width);
  const ys = cellBounds(picture.height, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let r = 0,
        g = 0,
        b = 0;
      for (let v = ys[y]; v < ys[y + 1]; v++) {
        for (let p = (v * picture.width + xs[x]) * 3, end = (v * picture.width + xs[x + 1]) * 3; p < end; p += 3) {
          r += picture.rgb[p];
          g += picture.rgb[p + 1];
          b += picture.rgb[p + 2];
        }
      }
      const scale = 1 / ((xs[x + 1] - xs[x]) * (ys[y + 1] - ys[y]));
      const q = (y * width + x) * 3;
      rgb[q] = r * scale + 0.5;
      rgb[q + 1] = g * scale + 0.5;
      rgb[q + 2] = b * scale + 0.5;
    }
  }
  return { width, height, rgb };
}

/** Makes planes smaller by the mean of the source pixels that each target pixel covers. */
export function reducePlanes(source: Planes, width: number, height: number): Planes {
  if (width === source.width && height === source.height) return source;
  const target = emptyPlanes(width, height, source.channels);
  const xs = cellBounds(source.width, width);
  const ys = cellBounds(source.height, height);
  for (let c = 0; c < source.channels; c++) {
    const from = plane(source, c);
    const to = plane(target, c);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let sum = 0;
        for (let v = ys[y]; v < ys[y + 1]; v++) {
          for (let p = v * source.width + xs[x], end = v * source.width + xs[x + 1]; p < end; p++) sum += from[p];
        }
        to[y * width + x] = sum / ((xs[x + 1] - xs[x]) * (ys[y + 1] - ys[y]));
      }
    }
  }
  return target;
}

/**
 * The lower source index, and the share of the upper one, of each target position along an axis (pixel centres
 * aligned).
 */
function axis(from: number, to: number): { low: Uint32Array; share: Float32Array } {
  const low = new Uint32Array(to);
  const share = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    low[i] = Math.max(Math.min(Math.floor(position), from - 2), 0);
    share[i] = position - low[i];
  }
  return { low, share };
}

/**
 * Bilinear interpolation as weights: the function returned calls `onCell` with the up to four source cells that a
 * target pixel (x, y) is interpolated from, and their weights, which sum to 1.
 */
export function bilinearWeights(
  source: Size,
  target: Size,
): (x: number, y: number, onCell: (cell: number, weight: number) => void) => void {
  const xs = axis(source.width, target.width);
  const ys = axis(source.height, target.height);
  const right = source.width > 1 ? 1 : 0;
  const below = source.height > 1 ? source.width : 0;
  return (x, y, onCell) => {
    const cell = ys.low[y] * source.width + xs.low[x];
    const u = xs.share[x];
    const v = ys.share[y];
    onCell(cell, (1 - u) * (1 - v));
    onCell(cell + right, u * (1 - v));
    onCell(cell + below, (1 - u) * v);
    onCell(cell + below + right, u * v);
  };
}

/**
 * One plane at another size, by bilinear interpolation with repeated edges. Answers `from` itself where the size does
 * not change.
 */
export function enlargePlane(from: Float32Array, source: Size, target: Size): Float32Array {
  if (target.width === source.width && target.height === source.height) return from;
  const to = new Float32Array(target.width * target.height);
  const xs = axis(source.width, target.width);
  const ys = axis(source.height, target.height);
  const right = source.width > 1 ? 1 : 0;
  const below = source.height > 1 ? source.width : 0;
  for (let y = 0; y < target.height; y++) {
    const row = ys.low[y] * source.width;
    const v = ys.share[y];
    for (let x = 0; x < target.width; x++) {
      const p = row + xs.low[x];
      const u = xs.share[x];
      const top = from[p] + u * (from[p + right] - from[p]);
      const bottom = from[p + below] + u * (from[p + below + right] - from[p + below]);
      to[y * target.width + x] = top + v * (bottom - top);
    }
  }
  return to;
}

/** Reduces or enlarges planes to a size. */
export function resized(planes: Planes, { width, height }: Size): Planes {
  if (width <= planes.width && height <= planes.height) return reducePlanes(planes, width, height);
  const out = emptyPlanes(width, height, planes.channels);
  for (let c = 0; c < planes.channels; c++) plane(out, c).set(enlargePlane(plane(planes, c), planes, out));
  return out;
}
