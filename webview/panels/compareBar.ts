import { element } from '../dom';
import type { Comparison } from '../model/comparison';
import { formatCount } from '../model/format';
import { compareLayouts, type CompareLayout } from '../savedState';
import { toggle } from './toggle';

export interface CompareActions {
  /** Has the user choose something else to compare with. */
  choose(): void;
  stop(): void;
  arrange(layout: CompareLayout): void;
}

const layoutLooks: Record<CompareLayout, [icon: string, title: string]> = { split: ['mirror', 'Split (C)'], columns: ['split-horizontal', 'Side by Side (C)'] };

/** What the mask is compared with, and how far they agree. */
export class CompareBar {
  readonly button = element('vscode-toolbar-button', { icon: 'compare-changes', label: 'Compare With…', title: 'Compare With…' });
  private readonly layouts = compareLayouts.map(one => toggle(...layoutLooks[one]));
  private readonly title = element('span', { class: 'caption' });
  private readonly granularity = element('input', { type: 'range', min: 0, max: 1, step: 0.005, 'aria-label': 'Granularity to compare with', title: 'Granularity to compare with' });
  private readonly count = element('span', { class: 'labels' });
  private readonly figures = element('output', { class: 'text' });

  constructor(private readonly place: HTMLElement, private readonly comparison: Comparison, private layout: CompareLayout, private readonly actions: CompareActions) {
    const change = element('vscode-button', { secondary: true }, 'Compare With…');
    const stop = element('vscode-toolbar-button', { icon: 'close', label: 'Stop Comparing', title: 'Stop Comparing' });
    for (const one of [change, this.button]) one.addEventListener('click', () => { actions.choose(); });
    stop.addEventListener('click', () => { actions.stop(); });
    this.granularity.addEventListener('input', () => { comparison.slide(this.granularity.valueAsNumber); });
    this.layouts.forEach((button, at) => { button.addEventListener('change', () => { this.arrange(compareLayouts[at]); }); });
    place.append(element('span', { class: 'layouts', role: 'group', 'aria-label': 'Layout of the comparison' }, ...this.layouts), this.title, this.granularity, this.count, this.figures, change, stop);
    comparison.changed.listen(() => { this.show(); });
  }

  /** Takes the other layout, while there is a comparison. */
  flip(): void {
    if (this.comparison.isShown) this.arrange(this.layout === 'split' ? 'columns' : 'split');
  }

  private arrange(layout: CompareLayout): void {
    this.layout = layout;
    this.show();
    this.actions.arrange(layout);
  }

  private show(): void {
    const { against, labels, agreement } = this.comparison;
    this.place.hidden = !this.comparison.isShown;
    if (!against) return;
    this.layouts.forEach((button, at) => { button.checked = compareLayouts[at] === this.layout; });
    this.title.textContent = this.layout === 'split' ? `Left: ${sideName(this.comparison)}` : sideName(this.comparison);
    this.granularity.hidden = against.kind !== 'granularity';
    if (against.kind === 'granularity') {
      this.granularity.valueAsNumber = against.granularity;
      this.granularity.style.setProperty('--share', `${100 * against.granularity}%`);
    }
    this.count.textContent = labels === null ? '' : formatCount(labels, 'label');
    this.figures.textContent = agreement ? `Agreement: covering ${agreement.covering.toFixed(3)}, mIoU ${agreement.meanIoU.toFixed(3)}` : '';
    this.figures.title = agreement
      ? `The mask’s ${formatCount(agreement.regions, 'connected region')} measured against the ${formatCount(agreement.segments, 'label')} of ${sideName(this.comparison)}: of each the best overlap (IoU), averaged (mIoU), and weighted by area (covering)` : '';
  }
}

/** What the mask is compared with. */
export function sideName({ against }: Comparison): string {
  if (against?.kind === 'mask') return against.name;
  return against?.kind === 'granularity' ? `Granularity ${Math.round(100 * against.granularity)} %` : 'Picture';
}

/** What the columns of the comparison show, the mask in the last. */
export function columnNames(comparison: Comparison): string[] {
  const other = sideName(comparison);
  return comparison.labels === null ? [other, 'Mask'] : ['Picture', other, 'Mask'];
}
