import * as l10n from '@vscode/l10n';
import type { TrainingAction } from '../../protocol/trainingPage';
import type { TrainingRun } from '../../protocol/trainingRun';
import { element } from '../common/dom';
import { formatDecimal } from '../common/numberFormat';

/** By state: the actions that are offered, the most likely first. */
const offered: Record<TrainingRun['state'], readonly TrainingAction[]> = {
  running: ['pause', 'stop'],
  paused: ['continue', 'stop'],
  stopped: ['resume', 'evaluate', 'exportNetwork'],
  failed: ['resume', 'exportNetwork'],
  finished: ['evaluate', 'exportNetwork'],
};
const titles: Record<TrainingAction, readonly [title: string, icon: string]> = {
  pause: [l10n.t('Pause'), 'debug-pause'],
  continue: [l10n.t('Continue'), 'debug-continue'],
  stop: [l10n.t('Stop'), 'debug-stop'],
  resume: [l10n.t('Resume'), 'debug-restart'],
  evaluate: [l10n.t('Evaluate'), 'graph'],
  exportNetwork: [l10n.t('Export Network'), 'export'],
  openExperiment: [l10n.t('Experiment'), 'json'],
  openFolder: [l10n.t('Folder'), 'folder-opened'],
};

/** The heading of a training run: its name, state and progress, with its actions. */
export class RunHeading {
  readonly element = element('header', { class: 'heading' });
  private readonly name = element('h1');
  private readonly state = element('span', { class: 'state' });
  private readonly place = element('span', { class: 'place' });
  private readonly bar = element('vscode-progress-bar', { 'aria-label': l10n.t('Training') });
  private readonly buttons = new Map<TrainingAction, HTMLElementTagNameMap['vscode-button']>();

  constructor(act: (action: TrainingAction) => void) {
    const actions = element('div', { class: 'actions', role: 'toolbar', 'aria-label': l10n.t('Run') });
    for (const [action, [title, icon]] of Object.entries(titles) as [TrainingAction, readonly [string, string]][]) {
      const button = element('vscode-button', { icon, secondary: true, hidden: true }, title);
      button.addEventListener('click', () => {
        act(action);
      });
      this.buttons.set(action, button);
      actions.append(button);
    }
    this.element.append(
      element('div', { class: 'row' }, this.name, this.state, element('span', { class: 'spring' }), actions),
      element('div', { class: 'row' }, this.bar, this.place),
    );
  }

  /** @param busy whether a request is being handled, during which no other can start */
  show(run: TrainingRun, busy: boolean): void {
    this.name.textContent = run.name;
    this.state.textContent = stateText(run);
    this.element.dataset.state = run.state;
    this.bar.max = Math.max(1, run.steps);
    this.bar.value = run.step;
    this.place.textContent = progressText(run);
    for (const [action, button] of this.buttons) {
      const always = action === 'openFolder' || (action === 'openExperiment' && run.experiment !== undefined);
      const isOfNetwork = action === 'evaluate' || action === 'exportNetwork';
      button.hidden =
        (!always && !offered[run.state].includes(action)) || (isOfNetwork && run.checkpoint === undefined);
      button.disabled = busy && !always;
    }
  }
}

const states: Record<TrainingRun['state'], string> = {
  running: l10n.t('training'),
  paused: l10n.t('paused'),
  stopped: l10n.t('stopped'),
  finished: l10n.t('finished'),
  failed: l10n.t('failed'),
};

/** The state of a training run, with the error that ended it. */
export function stateText({ state, error }: TrainingRun): string {
  return error === undefined ? states[state] : `${states[state]}: ${error}`;
}

/**
 * The progress of a training run: `step 450 of 3000 · mIoU 0.312 · 4 min left`; with the step that pictures are
 * segmented with where held-out pictures choose it.
 */
export function progressText({ step, steps, mIoU, heldOutMIoU, best, secondsLeft }: TrainingRun): string {
  const parts = [l10n.t('step {0} of {1}', step, steps)];
  if (mIoU !== undefined) parts.push(`mIoU ${formatDecimal(mIoU, 3)}`);
  if (heldOutMIoU !== undefined) parts.push(l10n.t('held-out mIoU {0}', formatDecimal(heldOutMIoU, 3)));
  if (best) parts.push(l10n.t('segments with step {0} ({1})', best.step, formatDecimal(best.heldOutMIoU, 3)));
  if (secondsLeft !== undefined) parts.push(l10n.t('{0} left', durationText(secondsLeft)));
  return parts.join(' · ');
}

/** A duration in its two largest units at most. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return l10n.t('{0} h {1} min', hours, minutes);
  return minutes > 0 ? l10n.t('{0} min {1} s', minutes, whole % 60) : l10n.t('{0} s', whole);
}
