import * as l10n from '@vscode/l10n';
import { element } from '../../../common/dom';
import { countRegions } from '../../../common/numberFormat';
import type { Labelling } from '../../model/labelling';

/** The slider from few large to many small regions. It previews at once, and requests one edit when it is released. */
export class GranularitySlider {
  readonly element: HTMLElement;
  private readonly input = element('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 0.005,
    'aria-label': l10n.t('Granularity'),
  });
  private readonly count = element('output', { class: 'count' });

  constructor(
    private readonly labelling: Labelling,
    onRelease: (granularity: number) => void,
  ) {
    this.element = element(
      'label',
      { class: 'granularity' },
      element('span', { class: 'caption' }, l10n.t('Granularity')),
      this.input,
      this.count,
    );
    this.input.addEventListener('input', () => {
      labelling.previewGranularity(this.input.valueAsNumber);
    });
    this.input.addEventListener('change', () => {
      onRelease(this.input.valueAsNumber);
    });
    labelling.appearanceChanged.listen(() => {
      this.showCount();
    });
    labelling.maskChanged.listen(() => {
      this.update();
    });
    this.update();
  }

  /** Moves the slider by a share of its range, as keys do anywhere on the page. */
  step(by: number): void {
    if (this.input.disabled) return;
    this.input.valueAsNumber += by;
    this.input.dispatchEvent(new Event('input'));
    this.input.dispatchEvent(new Event('change'));
  }

  private update(): void {
    const { mask, hierarchy, hierarchyReason } = this.labelling;
    const off = !mask || !hierarchy;
    this.input.disabled = off;
    if (mask) this.input.valueAsNumber = mask.granularity;
    this.element.title = !mask
      ? l10n.t('From few large to many small regions, once the picture is segmented')
      : hierarchy
        ? l10n.t('From few large to many small regions ( [ and ] )')
        : (hierarchyReason ??
          l10n.t('This mask was saved without its regions; segment again to change the granularity'));
    this.input.setAttribute('aria-description', this.element.title);
    this.element.classList.toggle('off', off);
    this.showCount();
  }

  private showCount(): void {
    const text = this.labelling.grouping ? countRegions(this.labelling.grouping.count) : '';
    this.count.textContent = text;
    this.input.setAttribute('aria-valuetext', text);
    this.input.style.setProperty('--share', `${100 * this.input.valueAsNumber}%`);
  }
}
