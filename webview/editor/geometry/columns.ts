/** A column of the screen that shows the picture once, in device pixels. */
export interface Column {
  readonly left: number;
  readonly width: number;
}

/** CSS pixels between two columns; the style sheet draws them. */
export const columnGap = 5;

/**
 * `count` columns of one width over a screen of `width` device pixels, at least `gap` between them, the last one ending
 * with the screen.
 */
export function columnsOver(width: number, count: number, gap: number): Column[] {
  const each = Math.max(1, Math.floor((width - (count - 1) * gap) / count));
  return Array.from({ length: count }, (_, at) => ({
    left: count === 1 ? 0 : Math.round((at * (width - each)) / (count - 1)),
    width: each,
  }));
}

/** The column that a position belongs to: what lies between two belongs to the left one. */
export function columnAt(columns: readonly Column[], x: number): Column {
  return columns.findLast(({ left }) => x >= left) ?? columns[0];
}
