import type { TrainingRun, TrainingPoint } from '../../../../protocol/trainingRun';

/** `40 s`, `12 min`, `3 h 05 min`. */
export function durationInWords(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** Where a run is, in a line: `step 120/3000 · segmentation 0.512 · mIoU 0.231 · 9 min left`. */
export function runInWords(
  { state, step, steps, mIoU, secondsLeft }: TrainingRun,
  point: TrainingPoint | undefined,
): string {
  return [
    `step ${step}/${steps}`,
    ...(state === 'paused' ? ['paused'] : []),
    ...Object.entries(point?.losses ?? {}).map(([name, loss]) => `${name} ${loss.toFixed(3)}`),
    ...(mIoU === undefined ? [] : [`mIoU ${mIoU.toFixed(3)}`]),
    ...(secondsLeft === undefined ? [] : [`${durationInWords(secondsLeft)} left`]),
  ].join(' · ');
}
