import * as l10n from '@vscode/l10n';
import type { EditorHostMessage } from '../../../protocol/editorPage';
import { element } from '../../common/dom';
import { countLabels } from '../../common/numberFormat';
import { language } from '../../common/pageTexts';
import type { Labelling } from '../model/labelling';
import { areaHistogram, pictureFacts } from '../model/pictureFacts';
import { Popover } from './popover';
import type { Stage } from '../view/stage';

const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 0 });

/**
 * Shows facts about the picture and its file, and a histogram of label areas. Facts about the file are requested when
 * the panel is opened.
 */
export class InfoPanel {
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
  private readonly popover: Popover;
  private info: Extract<EditorHostMessage, { type: 'info' }> | null = null;

  constructor(
    container: HTMLElement,
    private readonly stage: Stage,
    private readonly labelling: Labelling,
    private readonly requestInfo: () => void,
  ) {
    const label = l10n.t('Information');
    this.popover = new Popover(
      container,
      { icon: 'info', label, title: label, name: 'info' },
      () => {
        if (!this.info?.header) this.requestInfo();
        this.show();
      },
      element('h2', {}, l10n.t('Picture')),
      this.facts,
      this.note,
      this.table,
    );
    labelling.appearanceChanged.listen(() => {
      if (this.popover.isOpen) this.show();
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
    if (this.popover.isOpen) this.requestInfo();
    this.show();
  }

  get button(): HTMLElement {
    return this.popover.button;
  }

  toggle(): void {
    this.popover.toggle();
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
