import type { Size } from './viewTransform';

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

/** A position on the stage in CSS pixels, or of the picture in its own. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The stage's pixels, in columns that each show the picture at one place. The last column is the mask's own. */
export class Screen {
  /** Device pixels. */
  size: Size = { width: 1, height: 1 };
  columns: readonly Column[] = columnsOver(1, 1, 0);

  /** @param size of the stage, CSS pixels */
  divide(size: Size, columns: number): void {
    this.size = {
      width: Math.max(1, Math.round(size.width * devicePixelRatio)),
      height: Math.max(1, Math.round(size.height * devicePixelRatio)),
    };
    this.columns = columnsOver(this.size.width, columns, Math.round(columnGap * devicePixelRatio));
  }

  get own(): Column {
    return this.columns.at(-1)!;
  }

  /** What a column has for the picture, device pixels. */
  get room(): Size {
    return { width: this.own.width, height: this.size.height };
  }

  under({ x }: Place): Column {
    return columnAt(this.columns, x * devicePixelRatio);
  }

  /** A position on the stage in a column's own device pixels. */
  within({ left }: Column, { x, y }: Place): Place {
    return { x: x * devicePixelRatio - left, y: y * devicePixelRatio };
  }

  /** The position on the stage of a column's device pixel. */
  from({ left }: Column, { x, y }: Place): Place {
    return { x: (left + x) / devicePixelRatio, y: y / devicePixelRatio };
  }
}
