import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import type { LearningAction, LearningShown } from '../../protocol/learningShown';
import { element } from '../common/dom';
import { formatWhole } from '../common/numberFormat';

/** Offers to learn from the approved masks, and shows how far that is. */
export class LearningBar {
  private readonly learn = this.button(l10n.t('Learn from My Masks'), 'learn');
  private readonly text = element('span', { class: 'progress-text' });
  private readonly bar = element('span', { class: 'bar' });
  private readonly progress = element(
    'div',
    { class: 'progress', role: 'progressbar', 'aria-label': l10n.t('Learning'), 'aria-valuemax': '100' },
    this.bar,
  );
  private readonly curves = this.button(l10n.t('Curves'), 'curves');
  private readonly underWay = element(
    'div',
    { class: 'under-way', hidden: true },
    this.text,
    this.progress,
    this.curves,
    this.button(l10n.t('Stop'), 'stop'),
  );
  readonly element = element('div', { class: 'learning' }, this.learn, this.underWay);

  constructor(private readonly ask: (action: LearningAction) => void) {}

  show(learning: LearningShown): void {
    this.learn.hidden = learning.phase !== 'none';
    this.underWay.hidden = learning.phase === 'none';
    if (learning.phase === 'none') return;
    this.curves.hidden = learning.phase !== 'training';
    const [done, all] =
      learning.phase === 'training' ? [learning.step, learning.steps] : [learning.done, learning.count];
    this.text.textContent = textOf(learning);
    const percent = Math.floor((100 * done) / Math.max(1, all));
    this.progress.setAttribute('aria-valuenow', String(percent));
    this.progress.setAttribute('aria-valuetext', this.text.textContent);
    this.bar.style.width = `${percent}%`;
  }

  private button(label: string, action: LearningAction): HTMLElement {
    const button = element('vscode-button', action === 'learn' ? {} : { secondary: true }, label);
    button.addEventListener('click', () => {
      this.ask(action);
    });
    return button;
  }
}

function textOf(learning: Exclude<LearningShown, { phase: 'none' }>): string {
  if (learning.phase === 'proposing')
    return l10n.t('Proposed {0} of {1}', formatWhole(learning.done), formatWhole(learning.count));
  if (learning.steps === 0) return l10n.t('Learning begins…');
  const [step, steps] = [formatWhole(learning.step), formatWhole(learning.steps)];
  return learning.paused
    ? l10n.t('Paused at step {0} of {1}', step, steps)
    : l10n.t('Learning: step {0} of {1}', step, steps);
}
