/**
 * The published network and losses once more, in plain double precision: slow, simple, and independent of the graph.
 * Tests take finite differences of it.
 */
export type PlainWeights = Readonly<Record<string, Float64Array>>;
export interface PlainSize {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly blocks: number;
}

function convolve(
  x: Float64Array[],
  filter: Float64Array,
  bias: Float64Array,
  kernel: number,
  { width, height, channels }: PlainSize,
): Float64Array[] {
  const reach = (kernel - 1) / 2;
  return Array.from({ length: channels }, (_, o) =>
    Float64Array.from({ length: width * height }, (_, p) => {
      let sum = bias[o];
      x.forEach((plane, i) => {
        for (let a = 0; a < kernel; a++) {
          for (let b = 0; b < kernel; b++) {
            const u = (p % width) + b - reach,
              v = Math.floor(p / width) + a - reach;
            if (u >= 0 && u < width && v >= 0 && v < height)
              sum += plane[v * width + u] * filter[((o * x.length + i) * kernel + a) * kernel + b];
          }
        }
      });
      return sum;
    }),
  );
}

function normalise(planes: Float64Array[], scale: Float64Array, shift: Float64Array): Float64Array[] {
  return planes.map((plane, c) => {
    const mean = plane.reduce((sum, value) => sum + value, 0) / plane.length;
    const variance = plane.reduce((sum, value) => sum + (value - mean) ** 2, 0) / plane.length;
    return plane.map(value => ((value - mean) / Math.sqrt(variance + 1e-5)) * scale[c] + shift[c]);
  });
}

/** Responses by channel. */
export function plainResponse(picture: Float64Array[], weights: PlainWeights, size: PlainSize): Float64Array[] {
  let y = picture;
  for (let layer = 1; layer <= size.blocks + 1; layer++) {
    const last = layer > size.blocks;
    y = convolve(y, weights[`filter${layer}`], weights[`bias${layer}`], last ? 1 : 3, size);
    if (!last) y = y.map(plane => plane.map(value => Math.max(value, 0)));
    y = normalise(y, weights[`scale${layer}`], weights[`shift${layer}`]);
  }
  return y;
}

export function plainLabels(response: Float64Array[]): number[] {
  return Array.from(response[0], (_, p) =>
    response.reduce((best, plane, c) => (plane[p] > response[best][p] ? c : best), 0),
  );
}

export function plainSimilarity(response: Float64Array[], labels: readonly number[]): number {
  return (
    labels.reduce((sum, label, p) => {
      const total = response.reduce((powers, plane) => powers + Math.exp(plane[p]), 0);
      return sum + Math.log(total) - response[label][p];
    }, 0) / labels.length
  );
}

export function plainContinuity(response: Float64Array[], { width, height }: PlainSize): number {
  let rows = 0,
    columns = 0;
  for (const plane of response) {
    for (let p = 0; p < plane.length; p++) {
      if (p % width > 0) columns += Math.abs(plane[p] - plane[p - 1]);
      if (p >= width) rows += Math.abs(plane[p] - plane[p - width]);
    }
  }
  return rows / (response.length * width * (height - 1)) + columns / (response.length * (width - 1) * height);
}

export function plainMajority(labels: readonly number[], superpixels: readonly number[]): number[] {
  return superpixels.map(id => {
    const votes = new Map<number, number>();
    labels.forEach((label, p) => {
      if (superpixels[p] === id) votes.set(label, (votes.get(label) ?? 0) + 1);
    });
    return [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
  });
}
