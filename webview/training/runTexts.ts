import * as l10n from '@vscode/l10n';
import type { RunDescription } from '../../protocol/adapt';
import { formatDecimal } from '../common/numberFormat';

const states: Record<RunDescription['state'], string> = {
  running: l10n.t('training'),
  paused: l10n.t('paused'),
  stopped: l10n.t('stopped'),
  finished: l10n.t('finished'),
  failed: l10n.t('failed'),
};

export function stateText({ state, error }: RunDescription): string {
  return error === undefined ? states[state] : `${states[state]}: ${error}`;
}

/** `step 450 of 3000 · mIoU 0.312 · 4 min left` */
export function placeText({ step, steps, mIoU, secondsLeft }: RunDescription): string {
  const parts = [l10n.t('step {0} of {1}', step, steps)];
  if (mIoU !== undefined) parts.push(`mIoU ${formatDecimal(mIoU, 3)}`);
  if (secondsLeft !== undefined) parts.push(l10n.t('{0} left', durationText(secondsLeft)));
  return parts.join(' · ');
}

/** A time in its two largest units at most. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return l10n.t('{0} h {1} min', hours, minutes);
  return minutes > 0 ? l10n.t('{0} min {1} s', minutes, whole % 60) : l10n.t('{0} s', whole);
}
