/**
 * Matches rows one to one with columns so that the sum of their values is greatest (Kuhn, *The Hungarian Method for the
 * Assignment Problem*, Naval Research Logistics 1955, by shortest augmenting paths). As many pairs as the lesser of the
 * two numbers.
 * @param values by row and column
 * @returns by row: its column, or -1
 */
export function bestMatching(values: readonly (readonly number[])[]): Int32Array {
  const columns = values[0]?.length ?? 0;
  const size = Math.max(values.length, columns);
  // A cost for each pair of a square; rows and columns that are not there cost nothing.
  const cost = (row: number, column: number) => -(values[row]?.[column] ?? 0);
  const rowPrice = new Float64Array(size);
  const columnPrice = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1).fill(-1);
  for (let row = 0; row < size; row++) {
    // The column behind the last stands for the start of the path, at the row that has none yet.
    rowOf[size] = row;
    const least = new Float64Array(size).fill(Infinity);
    const before = new Int32Array(size).fill(size);
    const done = new Uint8Array(size + 1);
    let at = size;
    while (rowOf[at] !== -1) {
      done[at] = 1;
      const here = rowOf[at]!;
      let [next, step] = [-1, Infinity];
      for (let column = 0; column < size; column++) {
        if (done[column]) continue;
        const reduced = cost(here, column) - rowPrice[here]! - columnPrice[column]!;
        if (reduced < least[column]!) [least[column], before[column]] = [reduced, at];
        if (least[column]! < step) [next, step] = [column, least[column]!];
      }
      for (let column = 0; column <= size; column++) {
        if (done[column]) {
          rowPrice[rowOf[column]!]! += step;
          columnPrice[column]! -= step;
        } else if (column < size) least[column]! -= step;
      }
      at = next;
    }
    while (at !== size) {
      const from = before[at]!;
      rowOf[at] = rowOf[from]!;
      at = from;
    }
  }
  const columnOf = new Int32Array(values.length).fill(-1);
  for (let column = 0; column < columns; column++)
    if (rowOf[column]! < values.length) columnOf[rowOf[column]!] = column;
  return columnOf;
}
