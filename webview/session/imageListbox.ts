import * as l10n from '@vscode/l10n';
import type { SessionImage } from '../../mask/session/imageList';
import type { SessionClass } from '../../protocol/sessionPage';
import { element } from '../common/dom';
import { imageRow, rowHeight, rowId } from './imageRow';
import { VirtualRows } from './virtualRows';

/** What the list shows. */
export interface ListContent {
  readonly images: readonly SessionImage[];
  /** The indices of the images that are listed, in order. */
  readonly order: readonly number[];
  readonly classes: ReadonlyMap<number, SessionClass>;
  /** The index of the image that the user looks at. */
  readonly current: number | undefined;
}

/**
 * The images of a session as a list box. The keyboard's place in it is a row of its own, the active one: an image opens
 * with Enter or a click.
 */
export class ImageListbox {
  private content: ListContent = { images: [], order: [], classes: new Map(), current: undefined };
  /** The place in the order. */
  private active = 0;
  private readonly space = element('div', { class: 'space', role: 'presentation' });
  readonly element = element(
    'div',
    { class: 'images', role: 'listbox', tabindex: 0, 'aria-label': l10n.t('Images') },
    this.space,
  );
  private readonly rows = new VirtualRows(this.element, this.space, rowHeight, place => this.row(place));

  constructor(private readonly open: (path: string) => void) {
    this.element.addEventListener('keydown', event => {
      if (this.press(event.key)) event.preventDefault();
    });
    this.space.addEventListener('click', event => {
      const row = event.target instanceof Element ? event.target.closest('.row') : null;
      if (!row) return;
      this.activate(Number(row.id.slice(rowId(0).length - 1)));
      this.openActive();
    });
  }

  /** Shows another list. The active row stays at its image, or else goes to the one that the user looks at. */
  show(content: ListContent): void {
    const before = this.content.images[this.content.order[this.active] ?? -1]?.path;
    this.content = content;
    const { order, images, current } = content;
    const kept = before === undefined ? -1 : order.findIndex(index => images[index]?.path === before);
    const own = current === undefined ? -1 : order.indexOf(current);
    this.active = Math.max(0, kept >= 0 ? kept : own);
    this.rows.reset(order.length);
    this.pointToActive();
  }

  /** Shows an image again whose mask has changed, at its place. @param images as they are now */
  update(images: readonly SessionImage[], index: number): void {
    this.content = { ...this.content, images };
    const place = this.content.order.indexOf(index);
    if (place >= 0) this.rows.redraw(place);
  }

  /** Marks the image that the user looks at, and scrolls to it. */
  setCurrent(current: number): void {
    const before = this.content.current;
    this.content = { ...this.content, current };
    if (before !== undefined) this.redraw(before);
    const place = this.content.order.indexOf(current);
    if (place < 0) return;
    this.activate(place);
    this.rows.redraw(place);
  }

  private redraw(index: number): void {
    const place = this.content.order.indexOf(index);
    if (place >= 0) this.rows.redraw(place);
  }

  private row(place: number): HTMLElement {
    const { images, order, classes, current } = this.content;
    const index = order[place]!;
    return imageRow(images[index]!, classes, {
      index: place,
      count: order.length,
      isActive: place === this.active,
      isCurrent: index === current,
    });
  }

  private press(key: string): boolean {
    const last = this.content.order.length - 1;
    const moves = new Map([
      ['ArrowDown', this.active + 1],
      ['ArrowUp', this.active - 1],
      ['PageDown', this.active + this.rows.page],
      ['PageUp', this.active - this.rows.page],
      ['Home', 0],
      ['End', last],
    ]);
    const place = moves.get(key);
    if (place !== undefined) this.activate(Math.max(0, Math.min(last, place)));
    else if (key === 'Enter' || key === ' ') this.openActive();
    else return false;
    return true;
  }

  private activate(place: number): void {
    const before = this.active;
    this.active = place;
    this.rows.redraw(before);
    this.rows.reveal(place);
    this.rows.redraw(place);
    this.pointToActive();
  }

  private pointToActive(): void {
    if (this.content.order.length > 0) this.element.setAttribute('aria-activedescendant', rowId(this.active));
    else this.element.removeAttribute('aria-activedescendant');
  }

  private openActive(): void {
    const image = this.content.images[this.content.order[this.active] ?? -1];
    if (image) this.open(image.path);
  }
}
