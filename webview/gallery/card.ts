import { element } from '../dom';
import { formatCount } from '../model/format';

/** One image of the gallery: its thumbnail, name, and number of regions. */
export class Card {
  regions: number | null = null;
  private readonly count = element('span', { class: 'count' }, '…');
  private readonly frame = element('span', { class: 'frame' });
  private readonly button: HTMLElement;
  readonly element: HTMLElement;
  private address: string | null = null;

  constructor(readonly name: string, open: () => void) {
    this.button = element('button', { class: 'card', type: 'button', title: name }, this.frame, element('span', { class: 'name' }, name), this.count);
    this.button.addEventListener('click', open);
    this.element = element('li', {}, this.button);
  }

  show(bytes: Uint8Array, regions: number): void {
    this.dispose();
    this.regions = regions;
    this.address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: 'image/webp' }));
    this.frame.replaceChildren(element('img', { src: this.address, alt: '' }));
    this.count.textContent = formatCount(regions, 'region');
  }

  fail(message: string): void {
    this.count.textContent = message;
    this.button.title = `${this.name}: ${message}`;
  }

  dispose(): void {
    if (this.address !== null) URL.revokeObjectURL(this.address);
  }
}
