/** How two segmentations overlap: `pixels[r × columns + c]` pixels have row label `r` and column label `c`. */
export interface Overlap {
  readonly rows: number;
  readonly columns: number;
  readonly pixels: Float64Array;
}

/** Counts pixels by pairs of labels. Labels are below 65,536; values need not be consecutive. */
export function overlap(rows: Uint16Array, columns: Uint16Array): Overlap {
  if (rows.length !== columns.length) throw new RangeError(`Segmentations of ${rows.length} and ${columns.length} pixels cannot be compared.`);
  const row = numbering(rows);
  const column = numbering(columns);
  const pixels = new Float64Array(row.count * column.count);
  for (let p = 0; p < rows.length; p++) pixels[row.of[rows[p]] * column.count + column.of[columns[p]]]++;
  return { rows: row.count, columns: column.count, pixels };
}

/** The labels in use, numbered from 0 in ascending order. */
function numbering(labels: Uint16Array): { count: number; of: Uint16Array } {
  const of = new Uint16Array(65536);
  for (const label of labels) of[label] = 1;
  let count = 0;
  for (let label = 0; label < of.length; label++) if (of[label]) of[label] = count++;
  return { count, of };
}

/** The overlap after joining rows: row `r` becomes row `labelOf[r]` of `count`. */
export function joinRows(base: Overlap, labelOf: Uint16Array | Uint32Array, count: number): Overlap {
  const pixels = new Float64Array(count * base.columns);
  for (let r = 0; r < base.rows; r++) {
    for (let c = 0; c < base.columns; c++) pixels[labelOf[r] * base.columns + c] += base.pixels[r * base.columns + c];
  }
  return { rows: count, columns: base.columns, pixels };
}

/** Pixels by row label and by column label. */
export function margins({ rows, columns, pixels }: Overlap): { rowAreas: Float64Array; columnAreas: Float64Array; total: number } {
  const rowAreas = new Float64Array(rows);
  const columnAreas = new Float64Array(columns);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const n = pixels[r * columns + c];
      rowAreas[r] += n;
      columnAreas[c] += n;
      total += n;
    }
  }
  return { rowAreas, columnAreas, total };
}
