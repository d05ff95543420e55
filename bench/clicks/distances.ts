/** Stands for infinity: greater than any squared distance in a picture, and its sums are exact. */
const far = 1e12;

/**
 * By pixel of a bitmap: the square of the distance to the nearest pixel of another value, 0 where a pixel is not
 * `value` itself. By lower envelopes of parabolas (Felzenszwalb and Huttenlocher, *Distance Transforms of Sampled
 * Functions*, Theory of Computing 2012).
 * @param borderCounts whether what lies beyond the bitmap counts as another value
 */
export function squaredDistances(
  bitmap: Uint8Array,
  width: number,
  height: number,
  value: number,
  borderCounts: boolean,
): Float64Array {
  const squares = new Float64Array(width * height);
  for (let x = 0; x < width; x++) {
    let run = borderCounts ? 0 : far;
    for (let p = x; p < bitmap.length; p += width) squares[p] = run = bitmap[p] === value ? run + 1 : 0;
    run = borderCounts ? 0 : far;
    for (let p = bitmap.length - width + x; p >= 0; p -= width) {
      run = bitmap[p] === value ? run + 1 : 0;
      squares[p] = Math.min(squares[p]!, run);
    }
  }
  const row = new Float64Array(width + 2);
  const [sites, starts] = [new Int32Array(width + 2), new Float64Array(width + 3)];
  // One place more on both sides stands for what lies beyond the bitmap.
  row[0] = row[width + 1] = borderCounts ? 0 : far;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const steps = squares[y * width + x]!;
      row[x + 1] = steps >= far ? far : steps * steps;
    }
    lowerEnvelope(row, sites, starts);
    for (let x = 1, k = 0; x <= width; x++) {
      while (starts[k + 1]! < x) k++;
      const site = sites[k]!;
      squares[y * width + x - 1] = (x - site) ** 2 + row[site]!;
    }
  }
  return squares;
}

/** Finds which parabola `(x - site)² + row[site]` is the lowest at a place of a row: `sites[k]` from `starts[k]` on. */
function lowerEnvelope(row: Float64Array, sites: Int32Array, starts: Float64Array): void {
  let last = 0;
  sites[0] = 0;
  starts[0] = -Infinity;
  for (let x = 1; x < row.length; x++) {
    const crossing = () => {
      const site = sites[last]!;
      return (row[x]! + x * x - row[site]! - site * site) / (2 * (x - site));
    };
    let start = crossing();
    while (start <= starts[last]!) {
      last--;
      start = crossing();
    }
    sites[++last] = x;
    starts[last] = start;
  }
  starts[last + 1] = Infinity;
}
