import path from 'node:path';
import type { Experiment } from '../../experiment/experimentSchema';
import { formatDuration } from '../../common/duration';
import { isChosenByHoldOut } from '../../experiment/holdOut';
import { checkpointSteps, hasBestCheckpoint } from './checkpoint';
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
  return config && describeRunFrom(folder, config, await readLog(folder));
}

/**
 * Describes a training run from its experiment and its log, which have been read already, and from its state, which may
 * have been.
 */
export async function describeRunFrom(
  folder: string,
  config: Experiment,
  points: readonly TrainingPoint[],
  found?: CurrentRunState,
): Promise<TrainingRun> {
  const { touched, error, state, died } = found ?? (await readRunState(folder));
  const { steps } = config.training;
  const checkpoint = (await checkpointSteps(folder)).at(0);
  const chosen = isChosenByHoldOut(config) && (await hasBestCheckpoint(folder)) ? bestHeldOutPoint(points) : undefined;
  const experiment = await readOrigin(folder);
  const secondsLeft = state === 'running' ? timeLeft(points, steps) : undefined;
  return {
    folder,
    name: path.basename(folder),
    state,
    step: Math.max(points.at(-1)?.step ?? 0, checkpoint ?? 0),
    steps,
    changed: touched,
    ...scoresOf(points),
    ...(error !== undefined && { error }),
    ...(died && { error: 'its process ended before the run did' }),
    ...(experiment !== undefined && { experiment }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(chosen?.heldOut && { best: { step: chosen.step, heldOutMIoU: chosen.heldOut.mIoU } }),
    ...(secondsLeft !== undefined && { secondsLeft }),
  };
}

/** Returns the last scores of a run's network. */
export function scoresOf(points: readonly TrainingPoint[]): Pick<TrainingRun, 'mIoU' | 'heldOutMIoU'> {
  const [mIoU, heldOutMIoU] = (['evaluation', 'heldOut'] as const).map(
    of => points.findLast(point => point[of])?.[of]?.mIoU,
  );
  return { ...(mIoU !== undefined && { mIoU }), ...(heldOutMIoU !== undefined && { heldOutMIoU }) };
}

/** Finds the point of a log at which the network scored highest on held-out pictures; of equal ones the last. */
function bestHeldOutPoint(points: readonly TrainingPoint[]): TrainingPoint | undefined {
  return points.reduce<TrainingPoint | undefined>(
    (best, point) => (point.heldOut && point.heldOut.mIoU >= (best?.heldOut?.mIoU ?? -Infinity) ? point : best),
    undefined,
  );
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

/**
 * Formats the progress of a training run as one line, such as
 * `step 120/3000 · segmentation 0.512 · mIoU 0.231 · 9 min left`.
 */
export function formatRunProgress(
  { state, step, steps, mIoU, heldOutMIoU, secondsLeft }: TrainingRun,
  point: TrainingPoint | undefined,
): string {
  return [
    `step ${step}/${steps}`,
    ...(state === 'paused' ? ['paused'] : []),
    ...Object.entries(point?.losses ?? {}).map(([name, loss]) => `${name} ${loss.toFixed(3)}`),
    ...(mIoU === undefined ? [] : [`mIoU ${mIoU.toFixed(3)}`]),
    ...(heldOutMIoU === undefined ? [] : [`held-out mIoU ${heldOutMIoU.toFixed(3)}`]),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`]),
  ].join(' · ');
}
