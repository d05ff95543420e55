import * as l10n from '@vscode/l10n';
import { element, icon } from '../../common/dom';

/** A message that stays until it is read: the last request failed. */
export class ProblemBar {
  private readonly text = element('span', { class: 'text' });

  constructor(private readonly place: HTMLElement) {
    const close = element('vscode-toolbar-button', {
      icon: 'close',
      label: l10n.t('Dismiss'),
      title: l10n.t('Dismiss'),
    });
    close.addEventListener('click', () => {
      this.clear();
    });
    place.append(icon('error'), this.text, close);
  }

  show(message: string): void {
    this.text.textContent = message;
    this.place.hidden = false;
  }

  clear(): void {
    this.place.hidden = true;
  }
}

/** A word over the picture on why nothing was done, until the user does something else. */
export class Hint {
  private readonly element = element('div', { class: 'hint', role: 'alert', 'data-over-picture': true, hidden: true });

  constructor(stage: HTMLElement) {
    stage.append(this.element);
    window.addEventListener(
      'pointerdown',
      () => {
        this.clear();
      },
      { capture: true },
    );
  }

  show(why: string): void {
    this.element.replaceChildren(icon('info'), element('span', {}, why));
    this.element.hidden = false;
  }

  clear(): void {
    this.element.hidden = true;
  }
}

/** What is offered over a picture without a mask. */
export class EmptyState {
  private readonly card = element('div', { class: 'card', 'data-over-picture': true, hidden: true });

  constructor(stage: HTMLElement, actions: { segment(): void; begin(): void }) {
    const start = element('vscode-button', { icon: 'wand' }, l10n.t('Segment Image'));
    const begin = element(
      'vscode-button',
      { secondary: true, title: l10n.t('An empty mask, to paint or to scribble on') },
      l10n.t('Begin by Hand'),
    );
    start.addEventListener('click', () => {
      actions.segment();
    });
    begin.addEventListener('click', () => {
      actions.begin();
    });
    this.card.append(
      element('h2', {}, l10n.t('No mask yet')),
      element(
        'p',
        {},
        l10n.t(
          'Labelless finds the regions of this picture by itself. A first mask is there at once and sharpens while the network trains.',
        ),
      ),
      element('span', { class: 'choices' }, start, begin),
    );
    stage.append(this.card);
  }

  show(shown: boolean): void {
    this.card.hidden = !shown;
  }
}
