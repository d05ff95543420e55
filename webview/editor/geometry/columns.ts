import type { Size } from './viewTransform';

/** A column of the screen that shows the picture once, in device pixels. */
export interface Column {
  readonly left: number;
  readonly width: number;
}

/** A position on the stage in CSS pixels, or in a picture or map in its own pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** CSS pixels between two columns; the style sheet draws the line there. */
const columnGap = 5;

/**
 * Columns of equal width over a screen of `width` device pixels, at least `gap` between them, the last one ending with
 * the screen.
 */
export function columnsOver(width: number, count: number, gap: number): Column[] {
  const columnWidth = Math.max(1, Math.floor((width - (count - 1) * gap) / count));
  return Array.from({ length: count }, (_, at) => ({
    left: count === 1 ? 0 : Math.round((at * (width - columnWidth)) / (count - 1)),
    width: columnWidth,
  }));
}

/**
 * The column, of at least one, at a position. A gap belongs to the column on its left, and what is beside the screen to
 * the nearest column.
 */
export function columnAt(columns: readonly Column[], x: number): Column {
  return columns.findLast(({ left }) => x >= left) ?? columns.at(0)!;
}

/** The columns of the stage, which all show the picture in one view. The last column is the mask's own. */
export class ColumnLayout {
  /** The stage's size in device pixels. */
  size: Size = { width: 1, height: 1 };
  columns: readonly Column[] = columnsOver(1, 1, 0);

  /** @param size the stage's size in CSS pixels */
  resize(size: Size, columns: number): void {
    this.size = {
      width: Math.max(1, Math.round(size.width * devicePixelRatio)),
      height: Math.max(1, Math.round(size.height * devicePixelRatio)),
    };
    this.columns = columnsOver(this.size.width, columns, Math.round(columnGap * devicePixelRatio));
  }

  get maskColumn(): Column {
    return columnAt(this.columns, Infinity);
  }

  /** The size of a column in device pixels. */
  get columnSize(): Size {
    return { width: this.maskColumn.width, height: this.size.height };
  }

  /** The column at a position of the stage. */
  columnUnder({ x }: Point): Column {
    return columnAt(this.columns, x * devicePixelRatio);
  }

  /** Converts a position on the stage to a column's own device pixels. */
  toColumn({ left }: Column, { x, y }: Point): Point {
    return { x: x * devicePixelRatio - left, y: y * devicePixelRatio };
  }

  /** Converts a column's device pixel to a position on the stage. */
  toStage({ left }: Column, { x, y }: Point): Point {
    return { x: (left + x) / devicePixelRatio, y: y / devicePixelRatio };
  }
}
