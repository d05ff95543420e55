import { setImmediate } from 'node:timers/promises';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { Picture, Size } from '../image/picture';
import { keepLargestPieces } from '../pixels/connectedRegions';
import { reducePicture } from '../pixels/resize';

/**
 * Colour difference (root of summed squares of the three bytes) at which the weight of a working pixel falls to 0.6.
 */
const colourSpread = 24;

/**
 * The working cell in which each full-size position of an axis lies, and the weights of that cell and its two
 * neighbours.
 */
function axis(full: number, work: number): { cells: Int32Array; weights: Float32Array } {
  const cells = new Int32Array(full);
  const weights = new Float32Array(full * 3);
  for (let i = 0; i < full; i++) {
    const position = ((i + 0.5) * work) / full;
    cells[i] = Math.floor(position);
    const t = position - cells[i] - 0.5; // -0.5 … 0.5 from the cell's centre; weights of the quadratic B-spline
    weights.set([(0.5 - t) ** 2 / 2, 0.75 - t * t, (0.5 + t) ** 2 / 2], i * 3);
  }
  return { cells, weights };
}

/**
 * Marks working pixels that have a neighbour, of eight, in another region; one pixel of each region is never marked, so
 * that none vanishes.
 */
function borderBand({ width, height, count, ids }: RegionMap): Uint8Array {
  const band = new Uint8Array(width * height);
  const anchored = new Uint8Array(count);
  const inside = (p: number, x: number, y: number) => {
    for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
      for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++)
        if (ids[v * width + u] !== ids[p]) return false;
    }
    return true;
  };
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      if (inside(p, x, y)) anchored[ids[p]] = 1;
      else band[p] = 1;
    }
  }
  for (let p = 0; p < band.length; p++) {
    if (!anchored[ids[p]]) {
      anchored[ids[p]] = 1;
      band[p] = 0;
    }
  }
  return band;
}

/**
 * Brings regions found on a smaller picture to the full one. Near borders each full-size pixel takes the region that
 * the working pixels around it vote for, weighted by nearness and by likeness of colour (joint bilateral upsampling:
 * Kopf et al., SIGGRAPH 2007), so borders follow the picture's edges instead of the working grid's stairs. Ids keep
 * their meaning.
 */
export async function toFullSize(
  regions: RegionMap,
  work: Picture,
  picture: Picture,
  cancel: AbortSignal,
): Promise<RegionMap> {
  const { width, height, rgb } = picture;
  if (width === regions.width && height === regions.height) return regions;
  const ids = new Uint16Array(width * height);
  const band = borderBand(regions);
  const columns = axis(width, regions.width);
  const rows = axis(height, regions.height);
  const votes = new Map<number, number>();
  const vote = (x: number, y: number) => {
    const p = (y * width + x) * 3;
    votes.clear();
    for (let dy = -1; dy <= 1; dy++) {
      const v = Math.min(Math.max(rows.cells[y] + dy, 0), regions.height - 1);
      for (let dx = -1; dx <= 1; dx++) {
        const u = Math.min(Math.max(columns.cells[x] + dx, 0), regions.width - 1);
        const q = v * regions.width + u;
        const dr = rgb[p] - work.rgb[q * 3],
          dg = rgb[p + 1] - work.rgb[q * 3 + 1],
          db = rgb[p + 2] - work.rgb[q * 3 + 2];
        const weight =
          rows.weights[y * 3 + dy + 1] *
          columns.weights[x * 3 + dx + 1] *
          Math.exp(-(dr * dr + dg * dg + db * db) / (2 * colourSpread * colourSpread));
        votes.set(regions.ids[q], (votes.get(regions.ids[q]) ?? 0) + weight);
      }
    }
    let best = regions.ids[rows.cells[y] * regions.width + columns.cells[x]];
    let most = votes.get(best)!;
    for (const [id, weight] of votes) {
      if (weight > most) {
        most = weight;
        best = id;
      }
    }
    return best;
  };
  for (let y = 0; y < height; y++) {
    if (y % 128 === 127) {
      await setImmediate();
      cancel.throwIfAborted();
    }
    const row = rows.cells[y] * regions.width;
    for (let x = 0; x < width; x++) {
      const q = row + columns.cells[x];
      ids[y * width + x] = band[q] ? vote(x, y) : regions.ids[q];
    }
  }
  return keepLargestPieces({ width, height, count: regions.count, ids });
}

/**
 * Brings a label map to the size of `superpixels`: each superpixel takes the label that most of its pixels fall on.
 */
export function majorityBySuperpixel(labels: Int32Array, size: Size, superpixels: RegionMap): Int32Array {
  const { width, height, count, ids } = superpixels;
  const votes = Array.from({ length: count }, () => new Map<number, number>());
  for (let y = 0, p = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * size.height) / height) * size.width;
    for (let x = 0; x < width; x++, p++) {
      const label = labels[row + Math.floor(((x + 0.5) * size.width) / width)];
      votes[ids[p]].set(label, (votes[ids[p]].get(label) ?? 0) + 1);
    }
  }
  const winners = votes.map(counts => [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]);
  return Int32Array.from(ids, id => winners[id]);
}

/** Pixels to which larger pictures are reduced before they are segmented; borders are then refined at full size. */
const workingPixels = 1_000_000;

/** The picture itself, or a smaller copy of at most `workingPixels` with the same proportions. */
export function workingPicture(picture: Picture): Picture {
  const scale = Math.sqrt(workingPixels / (picture.width * picture.height));
  if (scale >= 1) return picture;
  const side = (length: number) => Math.min(Math.max(Math.round(length * scale), 1), length);
  return reducePicture(picture, side(picture.width), side(picture.height));
}
