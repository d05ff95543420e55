import * as l10n from '@vscode/l10n';
import { classFileName } from '../../../../mask/classes/classFileName';
import type { Label } from '../../../../protocol/editorPage';
import type { PageAction } from '../../../../protocol/pageActions';
import { element, icon } from '../../../common/dom';
import type { Classes } from '../../model/classes';
import { keyTitle } from '../../model/keys';
import { formatArea, formatShare } from '../../../common/numberFormat';

export const rowHeight = 26;
/** The cells of a row, in order; `data-cell` names the cell of an element. */
export const cells = ['colour', 'name', 'show', 'isolate', 'lock', 'area'] as const;
export type LabelCell = (typeof cells)[number];

/** The state of a row besides its label. */
export interface RowState {
  /** Index among all rows. */
  index: number;
  /** Number of pixels of the region map. */
  pixels: number;
  shown: boolean;
  isolated: boolean;
  selected: boolean;
  /** The cell with the focus; null where another row has it. */
  active: LabelCell | null;
  /** Whether the label's name is that of its class; else what is the matter with its class. */
  standing: ReturnType<Classes['standing']>;
}

/** The grid row of one label. Only the grid itself takes the keyboard focus. */
export class LabelRow {
  readonly element: HTMLElement;
  private readonly swatch = element('span', { class: 'swatch' });
  private readonly name = element('span', { class: 'name' });
  private readonly noClass = element('span', { class: 'note', hidden: true }, l10n.t('no class'));
  private readonly parts: Record<LabelCell, HTMLElement>;

  constructor(readonly id: string) {
    const cell = (name: LabelCell, ...children: (Node | string)[]): HTMLElement =>
      element(
        'span',
        {
          class: `cell ${name}`,
          role: 'gridcell',
          id: `${id}-${name}`,
          'data-cell': name,
          'aria-colindex': cells.indexOf(name) + 1,
        },
        ...children,
      );
    this.parts = {
      colour: cell('colour', this.swatch),
      name: cell('name', this.name, this.noClass),
      show: cell('show', icon('eye')),
      isolate: cell('isolate', icon('target')),
      lock: cell('lock', icon('unlock')),
      area: cell('area'),
    };
    this.element = element('div', { class: 'row', role: 'row', id }, ...cells.map(name => this.parts[name]));
  }

  show(label: Label, state: RowState): void {
    const { element: row, parts } = this;
    row.style.transform = `translateY(${state.index * rowHeight}px)`;
    row.dataset.index = String(state.index);
    row.setAttribute('aria-rowindex', String(state.index + 1));
    row.setAttribute('aria-selected', String(state.selected));
    row.classList.toggle('unshown', !state.shown);
    this.swatch.style.background = label.colour;
    const { class: id } = label;
    const unknown = id !== undefined && state.standing === 'unknown';
    const name = unknown ? l10n.t('Class {0} (not in {1})', id, classFileName) : label.name;
    this.name.textContent = name;
    this.name.title = unknown ? `${name}\n${label.name}` : name;
    this.noClass.hidden = state.standing !== 'none';
    parts.area.textContent = formatShare(label.area, state.pixels);
    describe(parts.area, `${formatShare(label.area, state.pixels)}, ${formatArea(label.area)}`, formatArea(label.area));
    describe(
      parts.colour,
      l10n.t('Colour {0}', label.colour),
      `${l10n.t('Change Colour')} (${keyTitle('labels.recolour')})`,
    );
    // What is seen names the cell, with the note; a label of its own would leave that out.
    describe(parts.name, name, '');
    if (state.standing === 'none') parts.name.removeAttribute('aria-label');
    showToggle(
      parts.show,
      !state.shown,
      state.shown ? 'eye' : 'eye-closed',
      state.shown ? l10n.t('Hide') : l10n.t('Show'),
      'labels.hide',
    );
    showToggle(
      parts.isolate,
      state.isolated,
      'target',
      state.isolated ? l10n.t('Show All Again') : l10n.t('Show Alone'),
      'labels.isolate',
    );
    showToggle(
      parts.lock,
      label.locked,
      label.locked ? 'lock' : 'unlock',
      label.locked ? l10n.t('Unlock') : l10n.t('Lock against Further Runs'),
      'labels.lock',
    );
    for (const name of cells) parts[name].classList.toggle('active', state.active === name);
  }

  /** Puts a text box over the name. @param onDone called with the new name, or null when it stays */
  rename(name: string, onDone: (name: string | null) => void): void {
    const input = element('input', {
      class: 'rename',
      value: name,
      'aria-label': l10n.t('Label name'),
      maxlength: 200,
      list: 'label-names',
      autocomplete: 'off',
      spellcheck: 'false',
    });
    let open = true;
    const close = (entered: string | null): void => {
      if (!open) return;
      open = false;
      input.remove();
      onDone(entered !== null && entered.trim() !== '' && entered.trim() !== name ? entered.trim() : null);
    };
    input.addEventListener('keydown', event => {
      event.stopPropagation();
      if (event.key === 'Enter') close(input.value);
      if (event.key === 'Escape') close(null);
    });
    input.addEventListener('blur', () => {
      close(input.value);
    });
    this.parts.name.append(input);
    input.focus();
    input.select();
  }
}

function describe(cell: HTMLElement, label: string, title: string): void {
  cell.setAttribute('aria-label', label);
  cell.title = title;
}

function showToggle(cell: HTMLElement, on: boolean, iconName: string, title: string, action: PageAction): void {
  cell.classList.toggle('on', on);
  describe(cell, title, `${title} (${keyTitle(action)})`);
  cell.firstElementChild!.className = `codicon codicon-${iconName}`;
}
