import * as l10n from '@vscode/l10n';
import type { PageAction } from '../../../../protocol/pageActions';
import { element } from '../../../common/dom';
import { countConnectedRegions, countLabels, formatDecimal, formatPercent } from '../../../common/numberFormat';
import type { Comparison } from '../../model/comparison';
import { compareLayouts, type CompareLayout, type SavedState } from '../../model/savedState';
import { toggleButton } from '../toggleButton';

/** Callbacks of the comparison bar. */
export interface CompareCallbacks {
  /** Asks the user what to compare the mask with. */
  onChoose(): void;
  /** Called to end the comparison. */
  onStop(): void;
  /** Called when the layout has changed in the page's state. */
  onLayoutChange(): void;
}

const layoutButtons: Record<CompareLayout, [icon: string, title: string, action: PageAction]> = {
  split: ['mirror', l10n.t('Split'), 'view.compareLayout'],
  columns: ['split-horizontal', l10n.t('Side by Side'), 'view.compareLayout'],
};

/** Shows what the mask is compared with and how far the two agree, and changes the layout of the comparison. */
export class CompareBar {
  readonly button = element('vscode-toolbar-button', {
    icon: 'compare-changes',
    label: l10n.t('Compare With…'),
    title: l10n.t('Compare With…'),
  });
  private readonly layouts = new Map(compareLayouts.map(layout => [layout, toggleButton(...layoutButtons[layout])]));
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
    private readonly container: HTMLElement,
    private readonly comparison: Comparison,
    private readonly state: SavedState,
    private readonly callbacks: CompareCallbacks,
  ) {
    const change = element('vscode-button', { secondary: true }, l10n.t('Compare With…'));
    const stop = element('vscode-toolbar-button', {
      icon: 'close',
      label: l10n.t('Stop Comparing'),
      title: l10n.t('Stop Comparing'),
    });
    for (const button of [change, this.button])
      button.addEventListener('click', () => {
        callbacks.onChoose();
      });
    stop.addEventListener('click', () => {
      callbacks.onStop();
    });
    this.granularity.addEventListener('input', () => {
      comparison.setGranularity(this.granularity.valueAsNumber);
    });
    for (const [layout, button] of this.layouts)
      button.addEventListener('change', () => {
        this.setLayout(layout);
      });
    container.append(
      element(
        'span',
        { class: 'layouts', role: 'group', 'aria-label': l10n.t('Layout of the comparison') },
        ...this.layouts.values(),
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

  /** Switches to the other layout while there is a comparison. */
  toggleLayout(): void {
    if (this.comparison.isShown) this.setLayout(this.state.compare === 'split' ? 'columns' : 'split');
  }

  private setLayout(layout: CompareLayout): void {
    this.state.compare = layout;
    this.show();
    this.callbacks.onLayoutChange();
  }

  private show(): void {
    const { against, labels, agreement } = this.comparison;
    this.container.hidden = !this.comparison.isShown;
    if (!against) return;
    for (const [layout, button] of this.layouts) button.checked = layout === this.state.compare;
    this.title.textContent =
      this.state.compare === 'split'
        ? l10n.t('Left: {0}', comparedName(this.comparison))
        : comparedName(this.comparison);
    this.granularity.hidden = against.kind !== 'granularity';
    if (against.kind === 'granularity') {
      this.granularity.valueAsNumber = against.granularity;
      this.granularity.style.setProperty('--share', `${100 * against.granularity}%`);
    }
    this.count.textContent = labels ? countLabels(labels.grouping.count) : '';
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
          comparedName(this.comparison),
        )
      : '';
  }
}

/** The name of what the mask is compared with. */
export function comparedName({ against }: Comparison): string {
  if (against?.kind === 'mask') return against.name;
  return against?.kind === 'granularity'
    ? l10n.t('Granularity {0}', formatPercent(Math.round(100 * against.granularity)))
    : l10n.t('Picture');
}

/** Titles of the columns of a comparison, from left to right. */
export function columnTitles(comparison: Comparison): string[] {
  const other = comparedName(comparison);
  return comparison.labels === null ? [other, l10n.t('Mask')] : [l10n.t('Picture'), other, l10n.t('Mask')];
}
