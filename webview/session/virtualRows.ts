/** Rows beyond the edges of the list that are kept, so that a little scrolling shows no gap. */
const margin = 8;

/**
 * Draws the rows of a long list that are in sight: others do not exist. All rows have one height.
 * @param draw makes the row of an index
 */
export class VirtualRows {
  private count = 0;
  private readonly shown = new Map<number, HTMLElement>();

  constructor(
    private readonly scroller: HTMLElement,
    private readonly space: HTMLElement,
    private readonly rowHeight: number,
    private readonly draw: (index: number) => HTMLElement,
  ) {
    scroller.addEventListener('scroll', () => {
      this.update();
    });
    new ResizeObserver(() => {
      this.update();
    }).observe(scroller);
  }

  /** Draws a list of another length, or all rows anew. */
  reset(count: number): void {
    this.count = count;
    for (const row of this.shown.values()) row.remove();
    this.shown.clear();
    this.space.style.height = `${count * this.rowHeight}px`;
    this.update();
  }

  /** Draws one row anew, if it is in sight. */
  redraw(index: number): void {
    const before = this.shown.get(index);
    if (before) before.replaceWith(this.placed(index));
  }

  /** Scrolls as little as needed to have a row in sight. */
  reveal(index: number): void {
    const top = index * this.rowHeight;
    const { scrollTop, clientHeight } = this.scroller;
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (top + this.rowHeight > scrollTop + clientHeight)
      this.scroller.scrollTop = top + this.rowHeight - clientHeight;
    this.update();
  }

  /** The number of rows that are wholly in sight, at least 1. */
  get page(): number {
    return Math.max(1, Math.floor(this.scroller.clientHeight / this.rowHeight));
  }

  private update(): void {
    const { scrollTop, clientHeight } = this.scroller;
    const first = Math.max(0, Math.floor(scrollTop / this.rowHeight) - margin);
    const end = Math.min(this.count, Math.ceil((scrollTop + clientHeight) / this.rowHeight) + margin);
    for (const [index, row] of this.shown) {
      if (index >= first && index < end) continue;
      row.remove();
      this.shown.delete(index);
    }
    for (let index = first; index < end; index++) if (!this.shown.has(index)) this.space.append(this.placed(index));
  }

  private placed(index: number): HTMLElement {
    const row = this.draw(index);
    row.style.top = `${index * this.rowHeight}px`;
    this.shown.set(index, row);
    return row;
  }
}
