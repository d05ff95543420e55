import * as l10n from '@vscode/l10n';
import type { SegmentationProgress } from '../../../../protocol/editorPage';
import { element } from '../../../common/dom';
import { countRegions, formatSignificant } from '../../../common/numberFormat';

/** How far a run is, and the two ways to end it. */
export class RunBar {
  private readonly bar = element('vscode-progress-bar', { 'aria-label': l10n.t('Segmenting') });
  private readonly text = element('span', { class: 'text' });
  private readonly stop = element(
    'vscode-button',
    { title: l10n.t('End training now and keep the best result so far') },
    l10n.t('Stop'),
  );
  private readonly cancel = element(
    'vscode-button',
    { secondary: true, title: l10n.t('Throw this run away') },
    l10n.t('Cancel'),
  );

  constructor(
    private readonly place: HTMLElement,
    actions: { stop(): void; cancel(): void },
  ) {
    place.append(this.bar, element('div', { class: 'row' }, this.text, this.stop, this.cancel));
    this.stop.addEventListener('click', () => {
      this.stop.disabled = true;
      actions.stop();
    });
    this.cancel.addEventListener('click', () => {
      this.cancel.disabled = this.stop.disabled = true;
      actions.cancel();
    });
  }

  show(run: SegmentationProgress | null): void {
    if (run && this.place.hidden) this.stop.disabled = this.cancel.disabled = false;
    this.place.hidden = run === null;
    if (!run) return;
    this.bar.indeterminate = run.iteration === 0;
    this.bar.max = Math.max(1, run.iterations);
    this.bar.value = run.iteration;
    this.text.textContent = runText(run);
  }
}

/** `Iteration 5 of 14 · 37 regions · loss 0.412` */
export function runText(run: SegmentationProgress): string {
  const parts = [
    run.iteration === 0 ? l10n.t('Preparing') : l10n.t('Iteration {0} of {1}', run.iteration, run.iterations),
  ];
  if (run.regions > 0) parts.push(countRegions(run.regions));
  if (run.loss !== null) parts.push(l10n.t('loss {0}', formatSignificant(run.loss)));
  if (run.message !== undefined) parts.push(run.message);
  return parts.join(' · ');
}
