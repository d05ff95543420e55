/** Rows of cells beyond the edges of the list that are kept, so that a little scrolling shows no gap. */
const margin = 8;

/** How the cells of a list lie: so many beside each other, and their height in CSS pixels. */
export interface CellLayout {
  readonly columns: number;
  readonly height: number;
}

/**
 * Draws the cells of a long list that are in sight: others do not exist. All cells have one size.
 * @param layoutAt the layout in a list of some width in CSS pixels
 * @param draw makes the cell of an index
 */
export class VirtualCells {
  private count = 0;
  private layout: CellLayout;
  private readonly shown = new Map<number, HTMLElement>();

  constructor(
    private readonly scroller: HTMLElement,
    private readonly space: HTMLElement,
    private readonly layoutAt: (width: number) => CellLayout,
    private readonly draw: (index: number) => HTMLElement,
  ) {
    this.layout = layoutAt(scroller.clientWidth);
    scroller.addEventListener('scroll', () => {
      this.update();
    });
    new ResizeObserver(() => {
      this.resize();
    }).observe(scroller);
  }

  /** Draws a list of another length, or all cells anew. */
  reset(count: number): void {
    this.count = count;
    for (const cell of this.shown.values()) cell.remove();
    this.shown.clear();
    this.space.style.height = `${Math.ceil(count / this.layout.columns) * this.layout.height}px`;
    this.update();
  }

  /** Draws one cell anew, if it is in sight. */
  redraw(index: number): void {
    const before = this.shown.get(index);
    if (before) before.replaceWith(this.placed(index));
  }

  /** Scrolls as little as needed to have a cell in sight. */
  reveal(index: number): void {
    const { columns, height } = this.layout;
    const top = Math.floor(index / columns) * height;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + height > scrollTop + clientHeight) this.scroller.scrollTop = top + height - clientHeight;
    this.update();
  }

  /** The number of cells beside each other. */
  get columns(): number {
    return this.layout.columns;
  }

  /** The number of cells that are wholly in sight, at least one row. */
  get page(): number {
    const { columns, height } = this.layout;
    return columns * Math.max(1, Math.floor(this.scroller.clientHeight / height));
  }

  /** The cells in sight, those in the middle first. */
  get inSight(): number[] {
    const [first, end] = this.range(0);
    const middle = (first + end - 1) / 2;
    return [...this.shown.keys()]
      .filter(index => index >= first && index < end)
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  }

  private resize(): void {
    const { columns, height } = this.layout;
    this.layout = this.layoutAt(this.scroller.clientWidth);
    if (this.layout.columns === columns && this.layout.height === height) this.update();
    else {
      const first = Math.floor(this.scroller.scrollTop / height) * columns;
      this.reset(this.count);
      this.scroller.scrollTop = Math.floor(first / this.layout.columns) * this.layout.height;
    }
  }

  /** The cells in sight and some rows of cells around them. */
  private range(rows: number): [first: number, end: number] {
    const { columns, height } = this.layout;
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / height) - rows) * columns;
    return [first, Math.min(this.count, (Math.ceil((scrollTop + clientHeight) / height) + rows) * columns)];
  }

  private update(): void {
    const [first, end] = this.range(Math.ceil(margin / this.layout.columns));
    for (const [index, cell] of this.shown) {
      if (index >= first && index < end) continue;
      cell.remove();
      this.shown.delete(index);
    }
    for (let index = first; index < end; index++) if (!this.shown.has(index)) this.space.append(this.placed(index));
  }

  private placed(index: number): HTMLElement {
    const { columns, height } = this.layout;
    const cell = this.draw(index);
    cell.style.top = `${Math.floor(index / columns) * height}px`;
    if (columns > 1) {
      cell.style.left = `${((index % columns) * 100) / columns}%`;
      cell.style.width = `${100 / columns}%`;
    }
    this.shown.set(index, cell);
    return cell;
  }
}
