import * as l10n from '@vscode/l10n';
import type { SessionImage } from '../../mask/session/imageList';
import type { ListedClass } from '../../protocol/imageListPage';
import { element } from '../common/dom';
import type { ShownList } from './shownList';
import { VirtualCells, type CellLayout } from './virtualCells';

/** An image of a list box, and where it is in it. */
export interface ListedCell {
  readonly image: SessionImage;
  readonly classes: ReadonlyMap<number, ListedClass>;
  /** The place in the order. */
  readonly index: number;
  readonly count: number;
  readonly isActive: boolean;
  /** Whether the user looks at this image. */
  readonly isCurrent: boolean;
}

/** The look of a list box: how its images lie, and what is drawn for each. */
export interface ListLook {
  layoutAt(width: number): CellLayout;
  draw(cell: ListedCell): HTMLElement;
}

/**
 * Images as a list box, in rows or as a grid. The keyboard's place in it is a cell of its own, the active one: an image
 * opens with Enter or a click.
 */
export class ImageListbox {
  /** The place in the order. */
  private active = 0;
  private activePath: string | undefined;
  private readonly space = element('div', { class: 'space', role: 'presentation' });
  readonly element = element(
    'div',
    { class: 'images', role: 'listbox', tabindex: 0, 'aria-label': l10n.t('Images') },
    this.space,
  );
  private readonly cells: VirtualCells;

  constructor(
    private readonly list: ShownList,
    private readonly look: ListLook,
    private readonly open: (path: string) => void,
  ) {
    this.cells = new VirtualCells(
      this.element,
      this.space,
      width => look.layoutAt(width),
      place => this.cell(place),
    );
    this.element.addEventListener('keydown', event => {
      if (this.press(event.key)) event.preventDefault();
    });
    this.space.addEventListener('click', event => {
      const cell = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (!cell) return;
      this.activate(Number(cell.id.slice(cellId(0).length - 1)));
      this.openActive();
    });
  }

  /** The images in sight, those in the middle first. */
  get inSight(): SessionImage[] {
    return this.cells.inSight.map(place => this.imageAt(place)!);
  }

  /** Shows the list anew. The active cell stays at its image, or else goes to the one that the user looks at. */
  show(): void {
    const { order, images, current } = this.list;
    const { activePath } = this;
    const kept = activePath === undefined ? -1 : order.findIndex(index => images[index]?.path === activePath);
    const own = current === undefined ? -1 : order.indexOf(current);
    this.active = Math.max(0, kept >= 0 ? kept : own);
    this.cells.reset(order.length);
    this.pointToActive();
  }

  /** Shows an image of the list again, at its place. */
  redraw(index: number): void {
    const place = this.list.order.indexOf(index);
    if (place >= 0) this.cells.redraw(place);
  }

  /** Scrolls to the image that the user looks at. */
  revealCurrent(): void {
    const { current, order } = this.list;
    const place = current === undefined ? -1 : order.indexOf(current);
    if (place >= 0) this.activate(place);
  }

  private imageAt(place: number): SessionImage | undefined {
    return this.list.images[this.list.order[place] ?? -1];
  }

  private cell(place: number): HTMLElement {
    const { order, classes, current } = this.list;
    const isActive = place === this.active;
    const isCurrent = order[place] === current;
    const cell = this.look.draw({
      image: this.imageAt(place)!,
      classes,
      index: place,
      count: order.length,
      isActive,
      isCurrent,
    });
    cell.id = cellId(place);
    cell.setAttribute('role', 'option');
    cell.setAttribute('aria-selected', String(isCurrent));
    cell.setAttribute('aria-posinset', String(place + 1));
    cell.setAttribute('aria-setsize', String(order.length));
    cell.classList.toggle('active', isActive);
    return cell;
  }

  private press(key: string): boolean {
    const { columns, page } = this.cells;
    const last = this.list.order.length - 1;
    const moves = new Map([
      ['ArrowDown', this.active + columns],
      ['ArrowUp', this.active - columns],
      ['PageDown', this.active + page],
      ['PageUp', this.active - page],
      ['Home', 0],
      ['End', last],
    ]);
    if (columns > 1) moves.set('ArrowRight', this.active + 1).set('ArrowLeft', this.active - 1);
    const place = moves.get(key);
    if (place !== undefined) this.activate(Math.max(0, Math.min(last, place)));
    else if (key === 'Enter' || key === ' ') this.openActive();
    else return false;
    return true;
  }

  private activate(place: number): void {
    const before = this.active;
    this.active = place;
    this.cells.redraw(before);
    this.cells.reveal(place);
    this.cells.redraw(place);
    this.pointToActive();
  }

  private pointToActive(): void {
    this.activePath = this.imageAt(this.active)?.path;
    if (this.activePath !== undefined) this.element.setAttribute('aria-activedescendant', cellId(this.active));
    else this.element.removeAttribute('aria-activedescendant');
  }

  private openActive(): void {
    const image = this.imageAt(this.active);
    if (image) this.open(image.path);
  }
}

function cellId(place: number): string {
  return `image-${place}`;
}
