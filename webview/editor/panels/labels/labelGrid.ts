import * as l10n from '@vscode/l10n';
import type { Label } from '../../../../protocol/editorPage';
import { element } from '../../../common/dom';
import type { Classes } from '../../model/classes';
import type { Labelling } from '../../model/labelling';
import { cells, LabelRow, rowHeight, type LabelCell } from './labelRow';

/**
 * The rows of labels. Only visible rows are in the page, so 2,000 labels cost no more than 20. The grid itself has the
 * focus and names the active row and cell, since rows come and go.
 */
export class LabelGrid {
  readonly element = element('div', {
    class: 'grid',
    role: 'grid',
    tabindex: 0,
    'aria-label': l10n.t('Labels'),
    'aria-multiselectable': 'true',
    'aria-colcount': cells.length,
  });
  /** The row and cell with the keyboard focus. */
  active: { index: number; cell: LabelCell } = { index: 0, cell: 'name' };
  rows: readonly Label[] = [];
  private readonly rowContainer = element('div', { class: 'space', role: 'presentation' });
  private readonly rowElements = new Map<number, LabelRow>();

  constructor(
    private readonly labelling: Labelling,
    private readonly classes: Classes,
  ) {
    this.element.append(this.rowContainer);
    this.element.addEventListener(
      'scroll',
      () => {
        this.render();
      },
      { passive: true },
    );
    new ResizeObserver(() => {
      this.render();
    }).observe(this.element);
  }

  show(rows: readonly Label[]): void {
    this.rows = rows;
    this.active.index = Math.min(this.active.index, Math.max(0, rows.length - 1));
    this.rowContainer.style.height = `${rows.length * rowHeight}px`;
    this.element.setAttribute('aria-rowcount', String(rows.length));
    this.render();
  }

  /** Moves the focus to a row and scrolls to it. */
  activate(index: number, cell: LabelCell = this.active.cell): void {
    if (index < 0 || index >= this.rows.length) return;
    this.active = { index, cell };
    const top = index * rowHeight;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + rowHeight > scrollTop + clientHeight) this.element.scrollTop = top + rowHeight - clientHeight;
    this.render();
  }

  /** The row of a label; undefined where it is not visible. */
  rowOf(label: Label): LabelRow | undefined {
    return this.rowElements.get(label.value);
  }

  render(): void {
    const { first, end } = visibleRows(this.element.scrollTop, this.element.clientHeight, rowHeight, this.rows.length);
    const visible = this.rows.slice(first, end);
    const values = new Set(visible.map(label => label.value));
    for (const [value, row] of this.rowElements) {
      if (values.has(value)) continue;
      row.element.remove();
      this.rowElements.delete(value);
    }
    visible.forEach((label, at) => {
      this.renderRow(label, first + at, at);
    });
    const current = this.rows[this.active.index];
    const row = current && this.rowElements.get(current.value);
    if (row) this.element.setAttribute('aria-activedescendant', `${row.id}-${this.active.cell}`);
    else this.element.removeAttribute('aria-activedescendant');
  }

  private renderRow(label: Label, index: number, at: number): void {
    let row = this.rowElements.get(label.value);
    if (!row) {
      row = new LabelRow(`label-${label.value}`);
      this.rowElements.set(label.value, row);
    }
    // The order in the page is the order that screen readers read; where a row is seen comes from its transform.
    const place = this.rowContainer.children[at] ?? null;
    if (place !== row.element) this.rowContainer.insertBefore(row.element, place);
    const { visibility, regions, selection } = this.labelling;
    const representative = this.labelling.representativeOf(label);
    row.show(label, {
      index,
      pixels: regions ? regions.width * regions.height : 1,
      shown: visibility.shows(representative),
      isolated: visibility.isolated === representative,
      selected: selection.has(representative),
      active: index === this.active.index ? this.active.cell : null,
      standing: this.classes.standing(label),
    });
  }
}

/** The labels whose names contain a text, largest first; equal areas in order of their values. */
export function filterLabels(labels: readonly Label[], filter: string): Label[] {
  const text = filter.trim().toLocaleLowerCase();
  return labels
    .filter(label => text === '' || label.name.toLocaleLowerCase().includes(text))
    .sort((a, b) => b.area - a.area || a.value - b.value);
}

/** The visible rows of a virtual list with a few more on both sides: `first` inclusive, `end` exclusive. */
export function visibleRows(
  scrollTop: number,
  height: number,
  rowHeight: number,
  count: number,
): { first: number; end: number } {
  const spare = 4;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const end = Math.min(count, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first: Math.min(first, end), end };
}
