import { element } from '../../common/dom';

/** A panel over the page that a button or a key opens below the button. Escape, or a press beside it, closes it. */
export class Popover {
  readonly button: HTMLElementTagNameMap['vscode-toolbar-button'];
  readonly element: HTMLElement;

  /** @param onOpen called before the panel is shown */
  constructor(
    container: HTMLElement,
    { icon, label, title, name }: { icon: string; label: string; title: string; name: string },
    private readonly onOpen: () => void,
    ...content: HTMLElement[]
  ) {
    this.button = element('vscode-toolbar-button', { icon, label, title });
    this.element = element(
      'div',
      { class: `popover ${name}`, role: 'dialog', 'aria-label': label, popover: 'auto', tabindex: -1 },
      ...content,
    );
    container.append(this.element);
    // While the panel is open, a press on the button closes it before the click comes.
    let open = false;
    this.button.addEventListener('pointerdown', () => {
      open = this.isOpen;
    });
    this.button.addEventListener('click', () => {
      if (!open) this.open();
      open = false;
    });
    this.element.addEventListener('keydown', event => {
      event.stopPropagation();
    }); // Escape is the panel's, and so are letters
    this.element.addEventListener('toggle', event => {
      if (event.newState === 'closed') this.button.focus();
    });
  }

  get isOpen(): boolean {
    return this.element.matches(':popover-open');
  }

  toggle(): void {
    if (this.isOpen) this.element.hidePopover();
    else this.open();
  }

  private open(): void {
    this.onOpen();
    this.element.showPopover();
    const { bottom, right } = this.button.getBoundingClientRect();
    this.element.style.top = `${bottom + 4}px`;
    this.element.style.left = `${Math.max(4, right - this.element.offsetWidth)}px`;
    this.element.focus();
  }
}
