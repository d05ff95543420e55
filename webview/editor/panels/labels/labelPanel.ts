import * as l10n from '@vscode/l10n';
import type { EditRequest } from '../../../../mask/document/editRequests';
import { element } from '../../../common/dom';
import { countLabels } from '../../../common/numberFormat';
import { keyOf } from '../../model/keys';
import type { Classes } from '../../model/classes';
import type { Labelling } from '../../model/labelling';
import { Visibility } from '../../model/selection';
import { LabelColourPicker } from './colourPicker';
import { cellAction, keyAction, nextCell, makeRowActions, type RowActions } from './labelActions';
import { LabelGrid, filterLabels } from './labelGrid';
import { rowHeight, type LabelCell } from './labelRow';

/** The list of labels with its filter. Visibility is the page's own state; names, colours and locks are edits. */
export class LabelPanel {
  private readonly grid: LabelGrid;
  private readonly filter = element('vscode-textfield', {
    placeholder: l10n.t('Filter labels'),
    label: l10n.t('Filter labels'),
  });
  private readonly title = element('h2');
  private readonly noMatch = element('p', { class: 'none', hidden: true }, l10n.t('No label has this in its name.'));
  private readonly showAll = element('vscode-toolbar-button', {
    icon: 'eye',
    label: l10n.t('Show All Labels'),
    title: l10n.t('Show All Labels'),
  });
  private readonly palette = element('vscode-toolbar-button', {
    icon: 'symbol-color',
    label: l10n.t('Palettes'),
    title: l10n.t('Colour All Labels'),
  });
  private readonly newClassList = element('vscode-toolbar-button', {
    icon: 'tag',
    label: l10n.t('New Class List'),
    title: l10n.t('New Class List: the same classes in all images of the folder'),
  });
  private readonly colours: LabelColourPicker;
  private readonly actions: RowActions;
  /** The row at which a range selection begins. */
  private anchor = 0;

  constructor(
    place: HTMLElement,
    private readonly labelling: Labelling,
    private readonly classes: Classes,
    edit: (edit: EditRequest) => void,
    onNewClassList: () => void,
  ) {
    this.grid = new LabelGrid(labelling, classes);
    this.colours = new LabelColourPicker(labelling, edit, () => {
      this.grid.element.focus();
    });
    this.actions = makeRowActions(this.grid, labelling, this.colours, edit);
    place.append(
      element(
        'header',
        {},
        this.title,
        element('span', { class: 'spring' }),
        this.newClassList,
        this.showAll,
        this.palette,
      ),
      this.filter,
      this.grid.element,
      this.noMatch,
      ...this.colours.elements,
    );
    this.palette.addEventListener('click', () => {
      this.recolourAll();
    });
    this.newClassList.addEventListener('click', onNewClassList);
    this.filter.addEventListener('input', () => {
      this.refill();
    });
    this.showAll.addEventListener('click', () => {
      labelling.setVisibility(new Visibility());
    });
    this.grid.element.addEventListener('click', event => {
      this.click(event);
    });
    this.grid.element.addEventListener('dblclick', event => {
      this.actAt('rename', event, 'name');
    });
    this.grid.element.addEventListener('keydown', event => {
      this.key(event);
    });
    labelling.maskChanged.listen(() => {
      this.refill();
    });
    classes.changed.listen(() => {
      this.updateAppearance();
    });
    labelling.appearanceChanged.listen(() => {
      this.updateAppearance();
    });
    labelling.selectionChanged.listen(() => {
      this.reveal();
    });
    this.refill();
  }

  /** Performs an action of the label selected last. @returns false when none is selected */
  act(action: keyof RowActions): boolean {
    const label = this.labelling.labelOfRegion(this.labelling.selection.primary);
    if (!label) return false;
    if (!this.grid.rows.includes(label)) {
      this.filter.value = '';
      this.refill();
    }
    this.reveal();
    this.perform(action, this.grid.rows.indexOf(label));
    return true;
  }

  get list(): HTMLElement {
    return this.grid.element;
  }

  /** The representative of the label whose row contains an element; null for none. */
  labelAt(target: Element): number | null {
    const index = rowIndex(target);
    return index === null ? null : (this.representatives(index, index)[0] ?? null);
  }

  /** Moves the focus to the filter. */
  find(): void {
    this.filter.focus();
  }

  /** Opens the palettes for all labels. */
  recolourAll(): void {
    this.colours.open(this.palette.getBoundingClientRect(), null);
  }

  private perform(action: keyof RowActions, index: number): void {
    if (action === 'select') this.anchor = index;
    const label = this.grid.rows[index];
    if (label) this.actions[action](label);
  }

  /** The representatives of the labels in a range of rows, both ends included. */
  private representatives(first: number, last: number): number[] {
    return this.grid.rows.slice(first, last + 1).map(label => this.labelling.representativeOf(label));
  }

  private isSelected(index: number): boolean {
    return this.representatives(index, index).some(region => this.labelling.selection.has(region));
  }

  private refill(): void {
    const labels = this.labelling.mask?.labels ?? [];
    const rows = filterLabels(labels, this.filter.value);
    this.title.textContent = countLabels(labels.length);
    this.noMatch.hidden = rows.length > 0;
    this.grid.element.hidden = rows.length === 0;
    this.grid.show(rows);
  }

  private updateAppearance(): void {
    this.newClassList.hidden = this.classes.file !== null;
    this.showAll.hidden = this.labelling.visibility.showsAll;
    this.grid.render();
  }

  private reveal(): void {
    const selected = this.labelling.selection.primary;
    const index = this.grid.rows.findIndex(label => this.labelling.representativeOf(label) === selected);
    if (index >= 0) this.grid.activate(index, 'name');
    else this.grid.render();
  }

  private click(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>('[data-cell]')?.dataset.cell as LabelCell | undefined;
    if (cell) this.actAt(cellAction[cell], event, cell);
  }

  /** Performs an action of the row under the pointer, if the pointer is on a given cell. */
  private actAt(action: keyof RowActions, event: MouseEvent, cell: LabelCell): void {
    const target = event.target as Element;
    const index = rowIndex(target);
    if (target.matches('input') || !target.closest(`[data-cell=${cell}]`) || index === null) return;
    this.grid.activate(index, cell);
    if (action === 'select' && event.shiftKey) {
      this.selectTo(index);
      return;
    }
    if (action === 'select' && (event.ctrlKey || event.metaKey))
      this.labelling.select(this.representatives(index, index), 'toggle');
    else this.perform(action, index);
  }

  /** Selects all rows from the anchor to another row. */
  private selectTo(index: number): void {
    const range = this.representatives(Math.min(this.anchor, index), Math.max(this.anchor, index));
    this.labelling.select(index < this.anchor ? range.reverse() : range);
  }

  private key(event: KeyboardEvent): void {
    if (this.grid.rows.length === 0 || event.altKey || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return;
      event.preventDefault();
      this.anchor = 0;
      this.selectTo(this.grid.rows.length - 1);
      return;
    }
    const { active } = this.grid;
    const page = Math.max(1, Math.floor(this.grid.element.clientHeight / rowHeight) - 1);
    const to = nextCell(event.key, active, this.grid.rows.length, page);
    const action = to ? null : keyAction(keyOf(event), active.cell);
    if (!to && !action) return;
    event.preventDefault();
    event.stopPropagation();
    if (to) {
      this.grid.activate(to.index, to.cell);
      if (event.shiftKey) this.selectTo(to.index);
      else if (to.index !== active.index || !this.isSelected(to.index)) this.perform('select', to.index);
    } else if (action) this.perform(action, active.index);
  }
}

/** The index of the row that contains an element; null for none. */
function rowIndex(target: Element): number | null {
  const index = target.closest<HTMLElement>('.row')?.dataset.index;
  return index === undefined ? null : Number(index);
}
