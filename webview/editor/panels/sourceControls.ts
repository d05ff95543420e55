import * as l10n from '@vscode/l10n';
import type { ImageView } from '../../../mask/document/imageView';
import type { PictureSource } from '../../../protocol/editorPage';
import { element } from '../../common/dom';
import { formatSignificant } from '../../common/numberFormat';
import { parseRange } from '../../../mask/document/rangeChoice';
import { rangeKindOf, rangeOf, type RangeKind } from '../model/sourceChoice';

const rangeNames: Record<RangeKind, string> = {
  auto: l10n.t('Automatic'),
  extent: l10n.t('Minimum to maximum'),
  percent: l10n.t('Percentiles'),
  values: l10n.t('Values'),
};
const rangeKinds = Object.keys(rangeNames) as RangeKind[];

/** The percentages that are proposed: what is rare, such as glints, does not darken the rest. */
const usualPercentages = { low: 0.5, high: 99.5 };
/** What is proposed where nothing is known of the values: those of 16 bits. */
const fullRange = { low: 0, high: 65_535 };

/** Chooses what of an image file with other values than 8 bits of colour is shown and segmented. */
export class SourceControls {
  readonly element: HTMLElement;
  private readonly rangeKind = element(
    'select',
    { 'aria-label': l10n.t('Range of values') },
    ...rangeKinds.map(kind => element('option', { value: kind }, rangeNames[kind])),
  );
  private readonly low = numberBox(l10n.t('Black'));
  private readonly high = numberBox(l10n.t('White'));
  private readonly bounds = element('span', { class: 'numbers' }, this.low, this.high);
  private readonly bandKind = element(
    'select',
    { 'aria-label': l10n.t('Bands') },
    element('option', {}, l10n.t('As the file says')),
    element('option', {}, l10n.t('Red, green and blue')),
    element('option', {}, l10n.t('One as grey')),
  );
  private readonly bandBoxes = [l10n.t('Band of red'), l10n.t('Band of green'), l10n.t('Band of blue')].map(label =>
    numberBox(label, 1),
  );
  private readonly bands = element('span', { class: 'numbers' }, ...this.bandBoxes);
  private readonly bandRow = [element('span', {}, l10n.t('Bands')), this.bandKind, this.bands];
  private readonly page = numberBox(l10n.t('Page'), 1);
  private readonly pageRow = [element('span', {}, l10n.t('Page')), element('span', { class: 'numbers' }, this.page)];
  private readonly shown = element('p', { class: 'note' });
  private source: PictureSource | undefined;

  constructor(private readonly onChange: (view: ImageView) => void) {
    this.element = element(
      'div',
      { class: 'source', role: 'group', 'aria-label': l10n.t('Image file'), hidden: true },
      element('h2', {}, l10n.t('Image File')),
      element(
        'div',
        { class: 'adjustments' },
        element('span', {}, l10n.t('Range')),
        this.rangeKind,
        this.bounds,
        ...this.bandRow,
        ...this.pageRow,
      ),
      this.shown,
      element('p', { class: 'note' }, l10n.t('Segmentation sees the picture that this makes.')),
    );
    this.rangeKind.addEventListener('change', () => {
      this.proposeBounds();
    });
    this.bandKind.addEventListener('change', () => {
      this.showBandBoxes();
    });
    this.element.addEventListener('change', () => {
      this.choose();
    });
  }

  /** Shows what the picture is made from; nothing where there is no choice. */
  show(source: PictureSource | undefined): void {
    this.source = source;
    this.element.hidden = source === undefined;
    if (!source) return;
    const { view, range, bands, pages, kind } = source;
    this.rangeKind.value = rangeKindOf(view.range);
    const { low, high } = parseRange(view.range) ?? range ?? fullRange;
    this.low.value = String(low);
    this.high.value = String(high);
    this.bounds.hidden = !['percent', 'values'].includes(this.rangeKind.value);
    this.bandKind.selectedIndex = [0, 2, 0, 1][view.bands.length] ?? 0;
    this.bandBoxes.forEach((box, index) => {
      box.max = String(bands);
      box.value = String(view.bands[index] ?? Math.min(bands, index + 1));
    });
    this.showBandBoxes();
    this.page.max = String(pages);
    this.page.value = String(view.page);
    for (const part of this.bandRow.slice(0, 2)) part.hidden = kind !== 'tiff' || bands < 2;
    for (const part of this.pageRow) part.hidden = pages < 2;
    this.shown.textContent = range
      ? l10n.t('Black is {0}, white is {1}.', formatSignificant(range.low), formatSignificant(range.high))
      : '';
  }

  /** Fills the boxes with what the picture shows, from where a person goes on. */
  private proposeBounds(): void {
    const kind = this.rangeKind.value as RangeKind;
    this.bounds.hidden = kind !== 'percent' && kind !== 'values';
    const { low, high } = kind === 'percent' ? usualPercentages : (this.source?.range ?? fullRange);
    this.low.value = String(low);
    this.high.value = String(high);
  }

  private showBandBoxes(): void {
    const wanted = [0, 3, 1][this.bandKind.selectedIndex] ?? 0;
    this.bands.hidden = wanted === 0;
    this.bandBoxes.forEach((box, index) => {
      box.hidden = index >= wanted;
    });
    this.bandBoxes[0]!.setAttribute('aria-label', wanted === 1 ? l10n.t('Band of grey') : l10n.t('Band of red'));
  }

  private choose(): void {
    const boxes = this.bandBoxes.filter(box => !this.bands.hidden && !box.hidden);
    const range = rangeOf(this.rangeKind.value as RangeKind, this.low.valueAsNumber, this.high.valueAsNumber);
    const bands = boxes.map(box => box.valueAsNumber);
    const page = this.page.valueAsNumber;
    for (const box of [this.low, this.high]) box.setAttribute('aria-invalid', String(range === undefined));
    if (range === undefined || ![this.page, ...boxes].every(box => box.checkValidity())) return;
    this.onChange({ range, bands, page });
  }
}

function numberBox(label: string, least?: number): HTMLInputElement {
  return element('input', {
    type: 'number',
    'aria-label': label,
    title: label,
    required: true,
    ...(least === undefined ? { step: 'any' } : { min: least, step: 1 }),
  });
}
