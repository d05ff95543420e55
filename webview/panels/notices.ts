import * as l10n from '@vscode/l10n';
import { element, icon } from '../dom';

/** A message that stays until it is read, the last request failed; or until the user does something else. */
export class ProblemBar {
  private passing = false;
  private readonly text = element('span', { class: 'text' });

  constructor(private readonly place: HTMLElement) {
    const close = element('vscode-toolbar-button', { icon: 'close', label: l10n.t('Dismiss'), title: l10n.t('Dismiss') });
    close.addEventListener('click', () => { this.clear(); });
    place.append(icon('error'), this.text, close);
  }

  show(message: string): void {
    this.passing = false;
    this.text.textContent = message;
    this.place.hidden = false;
  }

  /** Why nothing was done, until the user does something else. */
  refuse(message: string): void {
    this.show(message);
    this.passing = true;
  }

  /** The user does something else. */
  pass(): void { if (this.passing) this.clear(); }

  clear(): void { this.place.hidden = true; }
}

/** What is offered over a picture without a mask. */
export class EmptyState {
  private readonly card = element('div', { class: 'card', 'data-over-picture': true, hidden: true });

  constructor(stage: HTMLElement, actions: { segment(): void; begin(): void }) {
    const start = element('vscode-button', { icon: 'wand' }, l10n.t('Segment Image'));
    const begin = element('vscode-button', { secondary: true, title: l10n.t('An empty mask, to paint or to scribble on') }, l10n.t('Begin by Hand'));
    start.addEventListener('click', () => { actions.segment(); });
    begin.addEventListener('click', () => { actions.begin(); });
    this.card.append(
      element('h2', {}, l10n.t('No mask yet')),
      element('p', {}, l10n.t('Labelless finds the regions of this picture by itself. A first mask is there at once and sharpens while the network trains.')),
      element('span', { class: 'choices' }, start, begin),
    );
    stage.append(this.card);
  }

  show(shown: boolean): void { this.card.hidden = !shown; }
}
