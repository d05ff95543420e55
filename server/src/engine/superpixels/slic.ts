import type { RegionMap } from '../../../../mask/regions/regionMap';
import { connectedRegions } from '../pixels/connectedRegions';
import type { Planes } from '../pixels/planes';

export interface SlicOptions {
  /** Superpixels wanted; the number made is near it, and never above 65,535. */
  readonly count: number;
  /**
   * Weight of nearness against colour, in units of Lab: at a superpixel's own spacing, distance counts as this much
   * colour.
   */
  readonly compactness: number;
  readonly iterations: number;
}

/** Five numbers a centre: L, a, b, x, y. */
interface Centres {
  readonly values: Float32Array;
  readonly stepX: number;
  readonly stepY: number;
}

function seed(lab: Planes, count: number): Centres {
  const { width, height, data } = lab;
  const size = width * height;
  const wanted = Math.min(count, size, 60000);
  const columns = Math.min(Math.max(Math.round(Math.sqrt((wanted * width) / height)), 1), width, wanted);
  const rows = Math.min(Math.max(Math.round(wanted / columns), 1), height);
  const values = new Float32Array(columns * rows * 5);
  let k = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, k += 5) {
      const x = Math.floor(((column + 0.5) * width) / columns);
      const y = Math.floor(((row + 0.5) * height) / rows);
      const p = y * width + x;
      values.set([data[p], data[size + p], data[2 * size + p], x, y], k);
    }
  }
  return { values, stepX: width / columns, stepY: height / rows };
}

/** Gives each pixel to the nearest centre within two steps of it. */
function assign(
  lab: Planes,
  centres: Centres,
  compactness: number,
  nearest: Int32Array,
  distances: Float32Array,
): void {
  const { width, height, data } = lab;
  const size = width * height;
  const { values, stepX, stepY } = centres;
  const spatial = (compactness * compactness) / (stepX * stepY);
  distances.fill(Infinity);
  for (let k = 0, c = 0; c < values.length; k++, c += 5) {
    const L = values[c],
      a = values[c + 1],
      b = values[c + 2],
      cx = values[c + 3],
      cy = values[c + 4];
    const x0 = Math.max(Math.ceil(cx - 1.5 * stepX), 0),
      x1 = Math.min(Math.floor(cx + 1.5 * stepX), width - 1);
    const y0 = Math.max(Math.ceil(cy - 1.5 * stepY), 0),
      y1 = Math.min(Math.floor(cy + 1.5 * stepY), height - 1);
    for (let y = y0; y <= y1; y++) {
      const dy = (y - cy) * (y - cy);
      for (let x = x0, p = y * width + x0; x <= x1; x++, p++) {
        const dL = data[p] - L,
          da = data[size + p] - a,
          db = data[2 * size + p] - b;
        const distance = dL * dL + da * da + db * db + spatial * ((x - cx) * (x - cx) + dy);
        if (distance < distances[p]) {
          distances[p] = distance;
          nearest[p] = k;
        }
      }
    }
  }
}

/** Moves each centre to the mean of its pixels; one without pixels stays. */
function update(lab: Planes, centres: Centres, nearest: Int32Array): void {
  const { width, height, data } = lab;
  const size = width * height;
  const sums = new Float64Array(centres.values.length);
  const counts = new Uint32Array(centres.values.length / 5);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const k = nearest[p];
      const c = k * 5;
      counts[k]++;
      sums[c] += data[p];
      sums[c + 1] += data[size + p];
      sums[c + 2] += data[2 * size + p];
      sums[c + 3] += x;
      sums[c + 4] += y;
    }
  }
  for (let c = 0; c < sums.length; c++) {
    const count = counts[Math.floor(c / 5)];
    if (count > 0) centres.values[c] = sums[c] / count;
  }
}

/**
 * SLIC superpixels: k-means in colour and position, each centre looking only near itself (Achanta et al., *SLIC
 * Superpixels Compared to State-of-the-Art Superpixel Methods*, TPAMI 2012, algorithm 1). Every superpixel is
 * connected; pieces smaller than a quarter of the mean size are given to a neighbour.
 */
export function slic(lab: Planes, options: SlicOptions): RegionMap {
  const size = lab.width * lab.height;
  const centres = seed(lab, options.count);
  const nearest = new Int32Array(size);
  const distances = new Float32Array(size);
  for (let iteration = 0; iteration < options.iterations; iteration++) {
    assign(lab, centres, options.compactness, nearest, distances);
    if (iteration + 1 < options.iterations) update(lab, centres, nearest);
  }
  return connectedRegions(nearest, lab.width, lab.height, Math.floor((centres.stepX * centres.stepY) / 4));
}
