import { columnAt, columnGap, columnsOver, type Column } from './columns';
import type { Size } from './viewTransform';

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
