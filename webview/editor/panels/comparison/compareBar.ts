import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../../../protocol/pageActions';
import { element } from '../../../common/dom';
import { countConnectedRegions, countLabels, formatDecimal, formatPercent } from '../../../common/numberFormat';
import type { Comparison } from '../../model/comparison';
import { compareLayouts, type CompareLayout, type SavedState } from '../../model/savedState';
import { toggle } from '../toggleButton';

export interface CompareActions {
  /** Has the user choose something else to compare with. */
  choose(): void;
  stop(): void;
  /** The layout has changed in the page's state. */
  arrange(): void;
}

const layoutLooks: Record<CompareLayout, [icon: string, title: string, action: PageAction]> = {
  split: ['mirror', l10n.t('Split'), 'view.compareLayout'],
  columns: ['split-horizontal', l10n.t('Side by Side'), 'view.compareLayout'],
};

/** What the mask is compared with, and how far they agree. */
export class CompareBar {
  readonly button = element('vscode-toolbar-button', {
    icon: 'compare-changes',
    label: l10n.t('Compare With…'),
    title: l10n.t('Compare With…'),
  });
  private readonly layouts = compareLayouts.map(one => toggle(...layoutLooks[one]));
  private readonly title = element('span', { class: 'caption' });
  private readonly granularity = element('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 0.005,
    'aria-label': l10n.t('Granularity to compare with'),
    title: l10n.t('Granularity to compare with'),
  });
  private readonly count = element('span', { class: 'labels' });
  private readonly figures = element('output', { class: 'text' });

  constructor(
    private readonly place: HTMLElement,
    private readonly comparison: Comparison,
    private readonly state: SavedState,
    private readonly actions: CompareActions,
  ) {
    const change = element('vscode-button', { secondary: true }, l10n.t('Compare With…'));
    const stop = element('vscode-toolbar-button', {
      icon: 'close',
      label: l10n.t('Stop Comparing'),
      title: l10n.t('Stop Comparing'),
    });
    for (const one of [change, this.button])
      one.addEventListener('click', () => {
        actions.choose();
      });
    stop.addEventListener('click', () => {
      actions.stop();
    });
    this.granularity.addEventListener('input', () => {
      comparison.slide(this.granularity.valueAsNumber);
    });
    this.layouts.forEach((button, at) => {
      button.addEventListener('change', () => {
        this.arrange(compareLayouts[at]);
      });
    });
    place.append(
      element(
        'span',
        { class: 'layouts', role: 'group', 'aria-label': l10n.t('Layout of the comparison') },
        ...this.layouts,
      ),
      this.title,
      this.granularity,
      this.count,
      this.figures,
      change,
      stop,
    );
    comparison.changed.listen(() => {
      this.show();
    });
  }

  /** Takes the other layout, while there is a comparison. */
  flip(): void {
    if (this.comparison.isShown) this.arrange(this.state.compare === 'split' ? 'columns' : 'split');
  }

  private arrange(layout: CompareLayout): void {
    this.state.compare = layout;
    this.show();
    this.actions.arrange();
  }

  private show(): void {
    const { against, labels, agreement } = this.comparison;
    this.place.hidden = !this.comparison.isShown;
    if (!against) return;
    this.layouts.forEach((button, at) => {
      button.checked = compareLayouts[at] === this.state.compare;
    });
    this.title.textContent =
      this.state.compare === 'split' ? l10n.t('Left: {0}', sideName(this.comparison)) : sideName(this.comparison);
    this.granularity.hidden = against.kind !== 'granularity';
    if (against.kind === 'granularity') {
      this.granularity.valueAsNumber = against.granularity;
      this.granularity.style.setProperty('--share', `${100 * against.granularity}%`);
    }
    this.count.textContent = labels === null ? '' : countLabels(labels);
    this.figures.textContent = agreement
      ? l10n.t(
          'Agreement: covering {0}, mIoU {1}',
          formatDecimal(agreement.covering, 3),
          formatDecimal(agreement.meanIoU, 3),
        )
      : '';
    this.figures.title = agreement
      ? l10n.t(
          '{0} of the mask, measured against {1} of {2}: of each the best overlap (IoU), averaged (mIoU), and weighted by area (covering)',
          countConnectedRegions(agreement.regions),
          countLabels(agreement.segments),
          sideName(this.comparison),
        )
      : '';
  }
}

/** What the mask is compared with. */
export function sideName({ against }: Comparison): string {
  if (against?.kind === 'mask') return against.name;
  return against?.kind === 'granularity'
    ? l10n.t('Granularity {0}', formatPercent(Math.round(100 * against.granularity)))
    : l10n.t('Picture');
}

/** What the columns of the comparison show, the mask in the last. */
export function columnNames(comparison: Comparison): string[] {
  const other = sideName(comparison);
  return comparison.labels === null ? [other, l10n.t('Mask')] : [l10n.t('Picture'), other, l10n.t('Mask')];
}
