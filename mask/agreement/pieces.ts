export type PieceLabels = Int32Array | Uint16Array;

/**
 * The connected pieces of a label map (neighbours by their four sides), in raster order of their first pixels.
 * Piece `i` has the pixels `order[starts[i] … starts[i + 1] - 1]`.
 */
export interface Pieces { readonly count: number; readonly of: Int32Array; readonly order: Int32Array; readonly starts: Int32Array }

export function pieces(labels: PieceLabels, width: number, height: number): Pieces {
  const size = width * height;
  const of = new Int32Array(size).fill(-1);
  const order = new Int32Array(size);
  const starts: number[] = [0];
  let end = 0;
  for (let start = 0; start < size; start++) {
    if (of[start] >= 0) continue;
    const piece = starts.length - 1;
    const label = labels[start];
    let next = end;
    of[start] = piece;
    order[end++] = start;
    while (next < end) {
      const p = order[next++];
      const x = p % width;
      if (x > 0 && of[p - 1] < 0 && labels[p - 1] === label) { of[p - 1] = piece; order[end++] = p - 1; }
      if (x + 1 < width && of[p + 1] < 0 && labels[p + 1] === label) { of[p + 1] = piece; order[end++] = p + 1; }
      if (p >= width && of[p - width] < 0 && labels[p - width] === label) { of[p - width] = piece; order[end++] = p - width; }
      if (p + width < size && of[p + width] < 0 && labels[p + width] === label) { of[p + width] = piece; order[end++] = p + width; }
    }
    starts.push(end);
  }
  return { count: starts.length - 1, of, order, starts: Int32Array.from(starts) };
}
