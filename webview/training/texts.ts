import type { RunDescription } from '../../protocol/adapt';

const states: Record<RunDescription['state'], string> = { running: 'training', paused: 'paused', stopped: 'stopped', finished: 'finished', failed: 'failed' };

export function stateText({ state, error }: RunDescription): string {
  return error === undefined ? states[state] : `${states[state]}: ${error}`;
}

/** `step 450 of 3000 · mIoU 0.312 · 4 min left` */
export function placeText({ step, steps, mIoU, secondsLeft }: RunDescription): string {
  const parts = [`step ${step} of ${steps}`];
  if (mIoU !== undefined) parts.push(`mIoU ${mIoU.toFixed(3)}`);
  if (secondsLeft !== undefined) parts.push(`${durationText(secondsLeft)} left`);
  return parts.join(' · ');
}

/** A time in its two largest units at most. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}
