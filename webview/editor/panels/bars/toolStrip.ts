import { element, icon } from '../../../common/dom';
import { keyTitle } from '../../model/keys';
import { toolDescriptions, type ToolName } from '../../tools/tool';
import type { Toolbox } from '../../tools/toolbox';

/** The tools in a column. Arrow keys move the focus from one tool to the next, as in any toolbar. */
export class ToolStrip {
  private readonly buttons: Map<ToolName, HTMLButtonElement>;

  constructor(
    private readonly container: HTMLElement,
    private readonly toolbox: Toolbox,
  ) {
    this.buttons = new Map(
      toolDescriptions.map(({ name, icon: picture, title, hint }) => {
        const key = keyTitle(`tool.${name}`);
        const button = element(
          'button',
          {
            class: 'tool',
            type: 'button',
            role: 'radio',
            'aria-label': title,
            'aria-keyshortcuts': key,
            title: `${title} (${key})\n${hint}`,
          },
          picture.startsWith('codicon:')
            ? icon(picture.slice(8))
            : element('span', { class: `drawn ${picture}`, 'aria-hidden': 'true' }),
        );
        button.addEventListener('click', () => {
          toolbox.activate(name);
        });
        return [name, button];
      }),
    );
    container.append(...this.buttons.values());
    container.addEventListener('keydown', event => {
      this.key(event);
    });
    toolbox.changed.listen(() => {
      this.show();
    });
    this.show();
  }

  private show(): void {
    for (const [name, button] of this.buttons) {
      const chosen = name === this.toolbox.name;
      button.setAttribute('aria-checked', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const names = [...this.buttons.keys()];
    const next = names.at((names.indexOf(this.toolbox.name) + step) % names.length)!;
    this.toolbox.activate(next);
    this.buttons.get(next)?.focus();
  }
}
