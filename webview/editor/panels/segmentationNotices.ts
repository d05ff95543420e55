import * as l10n from '@vscode/l10n';
import type { SegmentationProgress } from '../../../protocol/editorPage';
import { element, icon } from '../../common/dom';
import { countRegions, formatSignificant } from '../../common/numberFormat';

/** Shows over the picture why an action was not performed, until the user does something else. */
export class StageHint {
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

  show(reason: string): void {
    this.element.replaceChildren(icon('info'), element('span', {}, reason));
    this.element.hidden = false;
  }

  clear(): void {
    this.element.hidden = true;
  }
}

/** Offers to segment a picture without a mask, or to begin a mask by hand. */
export class EmptyState {
  private readonly card = element('div', { class: 'card', 'data-over-picture': true, hidden: true });

  constructor(stage: HTMLElement, callbacks: { onSegment(): void; onBegin(): void }) {
    const start = element('vscode-button', { icon: 'wand' }, l10n.t('Segment Image'));
    const begin = element(
      'vscode-button',
      { secondary: true, title: l10n.t('An empty mask, to paint or to scribble on') },
      l10n.t('Begin by Hand'),
    );
    start.addEventListener('click', () => {
      callbacks.onSegment();
    });
    begin.addEventListener('click', () => {
      callbacks.onBegin();
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

  show(isShown: boolean): void {
    this.card.hidden = !isShown;
  }
}

/** Shows the progress of a segmentation, with buttons to stop and to cancel it. */
export class SegmentationBar {
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
    private readonly container: HTMLElement,
    callbacks: { onStop(): void; onCancel(): void },
  ) {
    container.append(this.bar, element('div', { class: 'row' }, this.text, this.stop, this.cancel));
    this.stop.addEventListener('click', () => {
      this.stop.disabled = true;
      callbacks.onStop();
    });
    this.cancel.addEventListener('click', () => {
      this.cancel.disabled = this.stop.disabled = true;
      callbacks.onCancel();
    });
  }

  show(progress: SegmentationProgress | null): void {
    if (progress && this.container.hidden) this.stop.disabled = this.cancel.disabled = false;
    this.container.hidden = progress === null;
    if (!progress) return;
    this.bar.indeterminate = progress.iteration === 0;
    this.bar.max = Math.max(1, progress.iterations);
    this.bar.value = progress.iteration;
    this.text.textContent = segmentationProgress(progress);
  }
}

/** The progress of a segmentation as text: `Iteration 5 of 14 · 37 regions · loss 0.412` */
export function segmentationProgress(progress: SegmentationProgress): string {
  const parts = [
    progress.iteration === 0
      ? l10n.t('Preparing')
      : l10n.t('Iteration {0} of {1}', progress.iteration, progress.iterations),
  ];
  if (progress.regions > 0) parts.push(countRegions(progress.regions));
  if (progress.loss !== null) parts.push(l10n.t('loss {0}', formatSignificant(progress.loss)));
  return parts.join(' · ');
}
