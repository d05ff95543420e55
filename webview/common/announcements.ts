import '@vscode-elements/elements/dist/vscode-toolbar-button/index.js';
import * as l10n from '@vscode/l10n';
import { element, icon } from './dom';

/** Milliseconds to wait for a later announcement, as previews make several in a row. */
const announceDelay = 300;

/** Announces results to screen readers. If there are several at once, only the last one is announced. */
export class Announcer {
  private timer = 0;

  /** @param live an element with `aria-live` */
  constructor(private readonly live: HTMLElement) {}

  announce(text: string): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.live.textContent = text;
    }, announceDelay);
  }
}

/** Shows why the last request failed, until the user dismisses it or the next request begins. */
export class ProblemBar {
  private readonly text = element('span', { class: 'text' });

  constructor(private readonly container: HTMLElement) {
    const close = element('vscode-toolbar-button', {
      icon: 'close',
      label: l10n.t('Dismiss'),
      title: l10n.t('Dismiss'),
    });
    close.addEventListener('click', () => {
      this.clear();
    });
    container.append(icon('error'), this.text, close);
  }

  show(message: string): void {
    this.text.textContent = message;
    this.container.hidden = false;
  }

  clear(): void {
    this.container.hidden = true;
  }
}
