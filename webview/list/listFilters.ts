import * as l10n from '@vscode/l10n';
import { maskStatuses, type MaskStatus } from '../../mask/document/maskStatus';
import { listOrders, type ListOrder, type ListView } from '../../mask/session/imageList';
import type { ListedClass } from '../../protocol/imageListPage';
import { element } from '../common/dom';
import { formatWhole } from '../common/numberFormat';
import { statusMark, statusNames } from './statusTexts';

const orderNames: Record<ListOrder, string> = {
  name: l10n.t('Name'),
  status: l10n.t('Status'),
  uncertainty: l10n.t('Most Uncertain'),
  fewest: l10n.t('Fewest Regions'),
  most: l10n.t('Most Regions'),
};

/** The controls above the list: text, status with counts, class and order. */
export class ListFilters {
  private status: MaskStatus | null = null;
  private readonly text = element('input', {
    type: 'search',
    placeholder: l10n.t('Filter by name'),
    'aria-label': l10n.t('Filter by name'),
  });
  private readonly classes = element('select', { 'aria-label': l10n.t('Class') });
  private readonly order = element(
    'select',
    { 'aria-label': l10n.t('Order') },
    ...listOrders.map(value => element('option', { value }, orderNames[value])),
  );
  private readonly counts = new Map(maskStatuses.map(status => [status, element('span', { class: 'count' })]));
  private readonly buttons = new Map(
    maskStatuses.map(status => {
      const button = element(
        'button',
        { type: 'button', 'aria-pressed': false },
        statusMark(status),
        this.counts.get(status) ?? '',
      );
      button.addEventListener('click', () => {
        this.press(this.status === status ? null : status);
        this.onChange();
      });
      return [status, button];
    }),
  );
  readonly element = element(
    'div',
    { class: 'filters' },
    element('div', { class: 'statuses', role: 'group', 'aria-label': l10n.t('Status') }, ...this.buttons.values()),
    this.text,
    element('div', { class: 'choices' }, this.classes, this.order),
  );

  constructor(private readonly onChange: () => void) {
    this.text.addEventListener('input', onChange);
    for (const select of [this.classes, this.order]) select.addEventListener('change', onChange);
  }

  get view(): ListView {
    return {
      text: this.text.value,
      status: this.status,
      class: this.classes.value === '' ? null : Number(this.classes.value),
      order: this.order.value as ListOrder,
    };
  }

  show(view: ListView, classes: readonly ListedClass[]): void {
    if (this.text.value !== view.text) this.text.value = view.text;
    this.press(view.status);
    this.order.value = view.order;
    this.classes.replaceChildren(
      element('option', { value: '' }, l10n.t('Every class')),
      ...classes.map(({ id, name }) => element('option', { value: id }, name)),
    );
    this.classes.value = view.class === null ? '' : String(view.class);
    if (this.classes.value === '') this.classes.selectedIndex = 0; // a class that there is no more
    this.classes.hidden = classes.length === 0;
  }

  showCounts(counts: Readonly<Record<MaskStatus, number>>): void {
    for (const status of maskStatuses) {
      const text = formatWhole(counts[status]);
      this.counts.get(status)!.textContent = text;
      const button = this.buttons.get(status)!;
      button.title = l10n.t('{0}: {1}. Show these alone', statusNames[status], text);
      button.setAttribute('aria-label', `${statusNames[status]}: ${text}`);
    }
  }

  private press(pressed: MaskStatus | null): void {
    this.status = pressed;
    for (const [status, button] of this.buttons) button.setAttribute('aria-pressed', String(status === pressed));
  }
}
