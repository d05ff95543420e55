import path from 'node:path';
import { checkpointSteps } from './checkpoint';
import { readOrigin, readRunExperiment } from './runFolder';
import { readLog } from './runLog';
import { readRunState, type CurrentRunState } from './runState';
import type { TrainingPoint } from '../../../../../protocol/trainingPoint';
import type { TrainingRun } from '../../../../../protocol/trainingRun';

/**
 * Describes the training run in a folder; undefined where the folder holds none.
 * @throws Error for a run that cannot be read
 */
export async function describeRun(folder: string): Promise<TrainingRun | undefined> {
  const config = await readRunExperiment(folder);
  return config && describeRunFrom(folder, config.training.steps, await readLog(folder));
}

/** Describes a training run from its log, which has been read already, and from its state, which may have been. */
export async function describeRunFrom(
  folder: string,
  steps: number,
  points: readonly TrainingPoint[],
  found?: CurrentRunState,
): Promise<TrainingRun> {
  const { touched, error, state, died } = found ?? (await readRunState(folder));
  const mIoU = points.findLast(point => point.evaluation)?.evaluation?.mIoU;
  const checkpoint = (await checkpointSteps(folder)).at(0);
  const experiment = await readOrigin(folder);
  const secondsLeft = state === 'running' ? timeLeft(points, steps) : undefined;
  return {
    folder,
    name: path.basename(folder),
    state,
    step: Math.max(points.at(-1)?.step ?? 0, checkpoint ?? 0),
    steps,
    changed: touched,
    ...(mIoU !== undefined && { mIoU }),
    ...(error !== undefined && { error }),
    ...(died && { error: 'its process ended before the run did' }),
    ...(experiment !== undefined && { experiment }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(secondsLeft !== undefined && { secondsLeft }),
  };
}

/** The number of points that the speed is averaged over, so that some of them have an evaluation. */
const judgedBy = 50;

/** Estimates the seconds for the remaining steps at the speed of the last ones; undefined before the first. */
export function timeLeft(points: readonly TrainingPoint[], steps: number): number | undefined {
  const last = points.at(-1);
  if (!last) return undefined;
  let [seconds, done] = [0, 0];
  for (let index = Math.max(0, points.length - judgedBy); index < points.length; index++) {
    const { step, secondsPerStep, seconds: measured } = points[index]!;
    const between = step - (points[index - 1]?.step ?? 0);
    done += between;
    seconds += measured ?? secondsPerStep * between;
  }
  return ((steps - last.step) * seconds) / done;
}

/** Formats a duration in seconds: `40 s`, `12 min`, `3 h 05 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/**
 * Formats the progress of a training run as one line, such as
 * `step 120/3000 · segmentation 0.512 · mIoU 0.231 · 9 min left`.
 */
export function formatRunProgress(
  { state, step, steps, mIoU, secondsLeft }: TrainingRun,
  point: TrainingPoint | undefined,
): string {
  return [
    `step ${step}/${steps}`,
    ...(state === 'paused' ? ['paused'] : []),
    ...Object.entries(point?.losses ?? {}).map(([name, loss]) => `${name} ${loss.toFixed(3)}`),
    ...(mIoU === undefined ? [] : [`mIoU ${mIoU.toFixed(3)}`]),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`]),
  ].join(' · ');
}
