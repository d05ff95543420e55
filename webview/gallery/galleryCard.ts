import * as l10n from '@vscode/l10n';
import type { GalleryHostMessage } from '../../protocol/galleryPage';
import { element } from '../common/dom';
import { countRegions, formatShare } from '../common/numberFormat';

/** Explains the uncertainty on a card. */
export const uncertaintyHelp = l10n.t(
  'How much the mask would change with its granularity, on average over the slider. Of a high one more is wrong, as a rule: look at it first. What was made by hand counts as certain.',
);
/** Explains why a card has no uncertainty. */
export const unknownHelp = l10n.t(
  'Masks of an adapted network, of shared labels, imported, or made by hand alone have no granularity to tell it by. They come behind the others.',
);

/** One image of the gallery: its thumbnail, name, number of regions, and uncertainty. */
export class GalleryCard {
  regions: number | null = null;
  uncertainty: number | null = null;
  private readonly count = element('span', { class: 'count' }, '…');
  private readonly doubt = element('span', { class: 'doubt' });
  private readonly frame = element('span', { class: 'frame' });
  private readonly button: HTMLElement;
  readonly element: HTMLElement;
  private address: string | null = null;

  constructor(
    readonly name: string,
    open: () => void,
  ) {
    this.button = element(
      'button',
      { class: 'card', type: 'button', title: name },
      this.frame,
      element('span', { class: 'name' }, name),
      this.count,
      this.doubt,
    );
    this.button.addEventListener('click', open);
    this.element = element('li', {}, this.button);
  }

  show({ bytes, mime, regions, uncertainty }: Extract<GalleryHostMessage, { type: 'result' }>): void {
    this.dispose();
    this.regions = regions;
    this.uncertainty = uncertainty;
    this.address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mime }));
    this.frame.replaceChildren(element('img', { src: this.address, alt: '' }));
    this.count.textContent = countRegions(regions);
    this.doubt.textContent =
      uncertainty === null ? l10n.t('Uncertainty not known') : l10n.t('Uncertainty {0}', formatShare(uncertainty, 1));
    this.doubt.title = uncertainty === null ? unknownHelp : uncertaintyHelp;
  }

  fail(message: string): void {
    this.count.textContent = message;
    this.button.title = `${this.name}: ${message}`;
  }

  dispose(): void {
    if (this.address !== null) URL.revokeObjectURL(this.address);
  }
}
