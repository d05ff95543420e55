import { blur } from '../pixels/filters';
import { emptyPlanes, plane, type Planes } from '../pixels/planes';
import type { CodewordMap } from './codewords';

const orientations = 8;

/** One plane a codeword: 1 where a pixel has it. */
function indicators({ width, height, count, ids }: CodewordMap): Planes {
  const planes = emptyPlanes(width, height, count);
  for (let p = 0; p < ids.length; p++) planes.data[ids[p] * ids.length + p] = 1;
  return planes;
}

/**
 * Adds ½ Σ (a − b)² ÷ (a + b) over one bin of the histograms at `(x, y) ± (dx, dy)`; the edge's values go on outside.
 */
function addChiSquare(
  sum: Float32Array,
  values: Float32Array,
  width: number,
  height: number,
  dx: number,
  dy: number,
): void {
  const left = Int32Array.from({ length: width }, (_, x) => Math.min(Math.max(x - dx, 0), width - 1));
  const right = Int32Array.from({ length: width }, (_, x) => Math.min(Math.max(x + dx, 0), width - 1));
  for (let y = 0, p = 0; y < height; y++) {
    const before = Math.min(Math.max(y - dy, 0), height - 1) * width;
    const after = Math.min(Math.max(y + dy, 0), height - 1) * width;
    for (let x = 0; x < width; x++, p++) {
      const a = values[before + left[x]],
        b = values[after + right[x]];
      if (a + b > 1e-4) sum[p] += ((a - b) * (a - b)) / (2 * (a + b));
    }
  }
}

/**
 * The texture gradient at each pixel, in [0, 1]: the greatest χ² distance, over eight directions, between the codeword
 * histograms of two discs `radius` pixels to either side. It is the oriented gradient of Martin, Fowlkes and Malik
 * (*Learning to Detect Natural Image Boundaries*, TPAMI 2004, section 3.1) with blurred discs for half-discs.
 */
export function discGradient(codewords: CodewordMap, radius: number): Float32Array {
  const { width, height, count } = codewords;
  const histograms = blur(indicators(codewords), Math.max(radius >> 1, 1));
  const greatest = new Float32Array(width * height);
  const sum = new Float32Array(width * height);
  for (let k = 0; k < orientations; k++) {
    const dx = Math.round(radius * Math.cos((Math.PI * k) / orientations));
    const dy = Math.round(radius * Math.sin((Math.PI * k) / orientations));
    sum.fill(0);
    for (let c = 0; c < count; c++) addChiSquare(sum, plane(histograms, c), width, height, dx, dy);
    for (let p = 0; p < sum.length; p++) greatest[p] = Math.max(greatest[p], sum[p]);
  }
  return greatest;
}
