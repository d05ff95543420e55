import { printable } from './display';

/** A table for the terminal: columns as wide as their widest cell, the first to the left, the others to the right. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heading, ...rows].map(cells => cells.map(printable));
  const widths = heading.map((_, column) => Math.max(...lines.map(cells => cells[column].length)));
  return lines
    .map(
      cells =>
        `${cells
          .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
