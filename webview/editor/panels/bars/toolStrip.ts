import { element, icon } from '../../../common/dom';
import { keyTitle } from '../../model/keys';
import type { Labelling } from '../../model/labelling';
import { toolDescriptions, type ToolName } from '../../tools/tool';
import type { Toolbox } from '../../tools/toolbox';

/** The tools in a column. Arrow keys move the focus from one tool to the next, as in any toolbar. */
export class ToolStrip {
  private readonly buttons: Map<ToolName, HTMLButtonElement>;

  constructor(
    private readonly container: HTMLElement,
    private readonly toolbox: Toolbox,
    labelling: Labelling,
  ) {
    this.buttons = new Map(
      toolDescriptions.map(({ name, icon: picture, title }) => {
        const key = keyTitle(`tool.${name}`);
        const button = element(
          'button',
          {
            class: 'tool',
            type: 'button',
            role: 'radio',
            'aria-label': title,
            'aria-keyshortcuts': key,
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
    for (const emitter of [toolbox.changed, labelling.maskChanged])
      emitter.listen(() => {
        this.show();
      });
    this.show();
  }

  private show(): void {
    for (const { name, title, hint } of toolDescriptions) {
      const button = this.buttons.get(name)!;
      const chosen = name === this.toolbox.name;
      const obstacle = this.toolbox.obstacleOf(name);
      button.title = `${title} (${keyTitle(`tool.${name}`)})\n${obstacle ?? hint}`;
      button.setAttribute('aria-disabled', String(obstacle !== null));
      button.setAttribute('aria-checked', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  private key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const names = [...this.buttons.keys()].filter(
      name => name === this.toolbox.name || this.toolbox.obstacleOf(name) === null,
    );
    const next = names.at((names.indexOf(this.toolbox.name) + step) % names.length)!;
    this.toolbox.activate(next);
    this.buttons.get(next)?.focus();
  }
}
