import * as l10n from '@vscode/l10n';
import type { EditorHostMessage } from '../../../protocol/editorPage';
import { element } from '../../common/dom';
import { countLabels } from '../../common/numberFormat';
import { language } from '../../common/pageTexts';
import type { Labelling } from '../model/labelling';
import { areaHistogram, pictureFacts } from '../model/pictureFacts';
import type { Stage } from '../view/stage';

const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 0 });

/**
 * Shows facts about the picture and its file, and a histogram of label areas. Facts about the file are requested when
 * the panel is opened.
 */
export class InfoPanel {
  readonly button = element('vscode-toolbar-button', {
    icon: 'info',
    label: l10n.t('Information'),
    title: l10n.t('Information'),
  });
  private readonly facts = element('dl');
  private readonly note = element('p', { class: 'note', hidden: true });
  private readonly bins = element('tbody');
  private readonly caption = element('caption');
  private readonly table = element(
    'table',
    {},
    this.caption,
    element(
      'thead',
      { class: 'unseen' },
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, l10n.t('Pixels')),
        element('th', { scope: 'col' }, l10n.t('Labels')),
      ),
    ),
    this.bins,
  );
  private readonly element = element(
    'div',
    { class: 'info', role: 'dialog', 'aria-label': l10n.t('Information'), popover: 'auto', tabindex: -1 },
    element('h2', {}, l10n.t('Picture')),
    this.facts,
    this.note,
    this.table,
  );
  private info: Extract<EditorHostMessage, { type: 'info' }> | null = null;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
    private readonly requestInfo: () => void,
  ) {
    container.append(this.element);
    // While the panel is open, a press on the button closes it before the click comes.
    let open = false;
    this.button.addEventListener('pointerdown', () => {
      open = this.isOpen;
    });
    this.button.addEventListener('click', () => {
      if (!open) this.open();
      open = false;
    });
    this.element.addEventListener('keydown', event => {
      event.stopPropagation();
    }); // Escape is the panel's, and so are letters
    this.element.addEventListener('toggle', event => {
      if (event.newState === 'closed') this.button.focus();
    });
    labelling.appearanceChanged.listen(() => {
      if (this.isOpen) this.show();
    });
  }

  /** Shows the host's facts about the file. */
  set(info: Extract<EditorHostMessage, { type: 'info' }>): void {
    this.info = info;
    this.show();
  }

  /** Drops the facts about the file of the previous picture. */
  handleNewPicture(): void {
    this.info = null;
    if (this.isOpen) this.requestInfo();
    this.show();
  }

  toggle(): void {
    if (this.isOpen) this.element.hidePopover();
    else this.open();
  }

  private get isOpen(): boolean {
    return this.element.matches(':popover-open');
  }

  private open(): void {
    if (!this.info?.header) this.requestInfo();
    this.show();
    this.element.showPopover();
    const { bottom, right } = this.button.getBoundingClientRect();
    this.element.style.top = `${bottom + 4}px`;
    this.element.style.left = `${Math.max(4, right - this.element.offsetWidth)}px`;
    this.element.focus();
  }

  private show(): void {
    const { picture } = this.stage;
    const facts = picture ? pictureFacts(picture.size, this.info) : [];
    this.facts.replaceChildren(
      ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    );
    this.note.textContent = this.info?.reason ?? '';
    this.note.hidden = !this.info?.reason;
    this.showAreas();
  }

  private showAreas(): void {
    const labels = this.labelling.mask?.labels ?? [];
    const bins = areaHistogram(labels.map(label => label.area));
    const most = bins.reduce((high, bin) => Math.max(high, bin.count), 1);
    this.table.hidden = bins.length === 0;
    this.caption.textContent = l10n.t('{0} by area', countLabels(labels.length));
    this.bins.replaceChildren(
      ...bins.map(({ from, to, count }) => {
        const bar = element('span', { class: 'bar', 'aria-hidden': 'true' });
        bar.style.width = count > 0 ? `max(1px, ${(100 * count) / most}%)` : '0';
        return element(
          'tr',
          {},
          element('th', { scope: 'row' }, `${compact.format(from)}–${compact.format(to)} px`),
          element(
            'td',
            {},
            element('span', { class: 'value' }, element('span', { class: 'track' }, bar), String(count)),
          ),
        );
      }),
    );
  }
}
