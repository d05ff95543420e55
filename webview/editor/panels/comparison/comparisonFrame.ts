import * as l10n from '@vscode/l10n';
import { element } from '../../../common/dom';

/** Shares of the stage's width by which keys move the divider. */
const step = 0.02;
const pageStep = 0.1;

/** The divider between the two sides of a comparison, which pointer and keys move. */
export class Divider {
  private share = 0.5;
  private readonly handle = element(
    'div',
    {
      class: 'divider',
      role: 'slider',
      tabindex: 0,
      hidden: true,
      'aria-label': l10n.t('Divider of the comparison'),
      'aria-orientation': 'horizontal',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      'data-over-picture': true,
    },
    element('span', { class: 'grip codicon codicon-arrow-both', 'aria-hidden': 'true' }),
  );
  private readonly left = element('span', { class: 'side-name left', 'aria-hidden': 'true', hidden: true });
  private readonly right = element('span', { class: 'side-name right', 'aria-hidden': 'true', hidden: true });
  private names: { left: string; right: string } | null = null;

  constructor(
    private readonly stage: HTMLElement,
    private readonly onMove: (share: number | null) => void,
  ) {
    stage.append(this.left, this.right, this.handle);
    const { handle } = this;
    handle.addEventListener('pointerdown', event => {
      if (event.button !== 0) return;
      handle.setPointerCapture(event.pointerId);
      handle.focus();
      event.preventDefault();
    });
    handle.addEventListener('pointermove', event => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { left, width } = stage.getBoundingClientRect();
      this.move((event.clientX - left) / width);
    });
    handle.addEventListener('keydown', event => {
      this.key(event);
    });
  }

  /** Shows the divider between two named sides; null hides it. */
  show(names: { left: string; right: string } | null): void {
    this.names = names;
    this.handle.hidden = this.left.hidden = this.right.hidden = names === null;
    this.left.textContent = names?.left ?? '';
    this.right.textContent = names?.right ?? '';
    if (names) this.move(this.share);
    else this.onMove(null);
  }

  private move(share: number): void {
    this.share = Math.min(1, Math.max(0, share));
    const percent = Math.round(100 * this.share);
    this.stage.style.setProperty('--split', `${100 * this.share}%`);
    this.handle.setAttribute('aria-valuenow', String(percent));
    this.handle.setAttribute(
      'aria-valuetext',
      `${percent} % ${this.names?.left ?? ''}, ${100 - percent} % ${this.names?.right ?? ''}`,
    );
    this.onMove(this.share);
  }

  private key(event: KeyboardEvent): void {
    const steps: Partial<Record<string, number>> = {
      ArrowLeft: -step,
      ArrowDown: -step,
      ArrowRight: step,
      ArrowUp: step,
      PageDown: -pageStep,
      PageUp: pageStep,
      Home: -1,
      End: 1,
    };
    const by = steps[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.move(this.share + by);
  }
}

/** The titles above the columns of a comparison, and the lines between the columns. */
export class ColumnTitles {
  private readonly container = element('div', { class: 'columns', hidden: true });
  private shown = '';

  constructor(stage: HTMLElement) {
    stage.append(this.container);
  }

  /** Shows a title a column, from left to right; null hides them. */
  show(titles: readonly string[] | null): void {
    this.container.hidden = titles === null;
    const all = titles?.join('\n') ?? '';
    if (all === this.shown) return;
    this.shown = all;
    this.container.replaceChildren(
      ...(titles ?? []).map(title =>
        element('div', { class: 'column' }, element('span', { class: 'side-name' }, title)),
      ),
    );
  }
}
