import type { ClassInfo } from '../../../mask/classes/classInfo';
import type { TrainingProgress } from '../engine/adaptation/trainExperiment';
import { formatRunProgress, scoresOf } from '../engine/adaptation/run/describeRun';
import { formatDuration } from '../engine/common/duration';
import type { TrainingPoint } from '../../../protocol/trainingPoint';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { bar } from './progressBar';
import { aligned, LiveLines, printable, widest } from './terminal';

const curveWidth = 40;
const blocks = '▁▂▃▄▅▆▇█';

/**
 * Shows a run as it trains: on a terminal a bar and a curve for each loss and the mean IoU, elsewhere one line for each
 * evaluation.
 */
export class TrainingDisplay {
  private readonly points: TrainingPoint[] = [];
  private readonly lines: LiveLines;

  constructor(private readonly stream: NodeJS.WriteStream) {
    this.lines = new LiveLines(stream);
  }

  show({ run, points }: TrainingProgress): void {
    this.points.push(...points);
    if (this.stream.isTTY) this.lines.show(curves(run, this.points));
    else
      for (const point of points)
        if (point.evaluation ?? point.heldOut)
          this.stream.write(`${formatRunProgress({ ...run, step: point.step, ...scoresOf([point]) }, point)}\n`);
  }

  /** Writes a line that stays above the curves. */
  print(line: string): void {
    this.clear();
    this.stream.write(`labelless: ${line}\n`);
  }

  /** Removes the curves. */
  clear(): void {
    this.lines.clear();
  }
}

/** A bar with the time left, and one line with a curve for each quantity of the points. */
export function curves(
  { name, state, step, steps, secondsLeft }: TrainingRun,
  points: readonly TrainingPoint[],
): string[] {
  const time =
    state === 'paused' ? 'paused' : secondsLeft === undefined ? 'getting ready' : `${formatDuration(secondsLeft)} left`;
  const names = [...new Set(points.flatMap(({ losses }) => Object.keys(losses)))];
  const series = [
    ...names.map(
      loss => [loss, points.flatMap(({ losses }) => (losses as Partial<typeof losses>)[loss] ?? [])] as const,
    ),
    ['mIoU', points.flatMap(({ evaluation }) => evaluation?.mIoU ?? [])] as const,
    ['held-out mIoU', points.flatMap(({ heldOut }) => heldOut?.mIoU ?? [])] as const,
  ].filter(([, values]) => values.length > 0);
  const width = widest(series.map(([title]) => title));
  return [
    `${printable(name)} ${bar(step / steps)} ${step}/${steps} · ${time}`,
    ...series.map(
      ([title, values]) => `  ${title.padEnd(width)} ${values.at(-1)!.toFixed(3)} ${sparkline(values, curveWidth)}`,
    ),
  ];
}

/** The scores of an evaluation by class, one line each, under a title; no lines where there was none. */
export function scoreLines(
  title: string,
  evaluation: TrainingPoint['evaluation'],
  classes: readonly ClassInfo[],
): string[] {
  if (!evaluation) return [];
  const names = classes.map(({ name }) => printable(name));
  const width = widest([...names, 'pixel accuracy']);
  const row = (name: string, value: number | null) =>
    `  ${aligned('left', name, width)} ${value === null ? '–' : value.toFixed(3)}`;
  return [
    title,
    ...names.map((name, index) => row(name, evaluation.perClass[index] ?? null)),
    row('mean IoU', evaluation.mIoU),
    row('pixel accuracy', evaluation.pixelAccuracy),
  ];
}

/**
 * Values as a curve of at most `width` characters, scaled from the lowest to the highest character. Each character
 * shows the mean of its share of the values.
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const means = Array.from({ length: count }, (_, index) => {
    const share = values.slice(
      Math.floor((index * values.length) / count),
      Math.floor(((index + 1) * values.length) / count),
    );
    return share.reduce((sum, value) => sum + value, 0) / share.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  return means
    .map(mean => blocks[high > low ? Math.round(((mean - low) / (high - low)) * (blocks.length - 1)) : 0])
    .join('');
}
