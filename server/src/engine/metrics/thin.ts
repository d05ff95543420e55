/**
 * The eight neighbours of a pixel, anticlockwise from the right: bit `i` of a neighbourhood is the neighbour at
 * `around[i]`.
 */
const around = [
  [1, 0],
  [1, -1],
  [0, -1],
  [-1, -1],
  [-1, 0],
  [-1, 1],
  [0, 1],
  [1, 1],
] as const;

/**
 * Whether a pixel is removed in the first and in the second half of a pass, by neighbourhood (Guo and Hall,
 * Communications of the ACM 32(3), 1989, algorithm A1).
 */
const removals = [0, 4].map(turned =>
  Uint8Array.from({ length: 256 }, (_, bits) => {
    const x = (i: number) => (bits >> (i & 7)) & 1;
    let crossings = 0,
      n1 = 0,
      n2 = 0;
    for (let i = 0; i < 8; i += 2) {
      crossings += (1 - x(i)) & (x(i + 1) | x(i + 2));
      n1 += x(i) | x(i + 1);
      n2 += x(i + 1) | x(i + 2);
    }
    const fewest = Math.min(n1, n2);
    const side = (x(turned + 1) | x(turned + 2) | (1 - x(turned + 7))) & x(turned);
    return Number(crossings === 1 && fewest >= 2 && fewest <= 3 && side === 0);
  }),
);

/**
 * Thins lines to the width of a pixel, in place, until nothing changes; connected lines stay connected.
 * @param mask 1 on a line, else 0, row-major with `stride` pixels a row; a margin of zeros, a pixel wide, surrounds it
 * @returns the pixels left
 */
export function thin(mask: Uint8Array, stride: number): Int32Array {
  const offsets = around.map(([x, y]) => y * stride + x);
  let pixels = Int32Array.from(mask, (_, p) => p).filter(p => mask[p] === 1);
  for (let before = -1; before !== pixels.length;) {
    before = pixels.length;
    for (const isRemoved of removals) {
      const removed = pixels.filter(
        p => isRemoved[offsets.reduce((bits, offset, i) => bits | (mask[p + offset] << i), 0)] === 1,
      );
      for (const p of removed) mask[p] = 0;
      pixels = pixels.filter(p => mask[p] === 1);
    }
  }
  return pixels;
}
