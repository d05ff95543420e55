import type { RunDescription, TrainingPoint } from '../../../protocol/adapt';
import type { ClassLook } from '../engine/adaptation/data';
import type { TrainingProgress } from '../engine/adaptation/run';
import { durationInWords, runInWords } from '../engine/adaptation/words';
import { printable } from './display';
import { bar, fit } from './progress';
import { sparkline } from './sparkline';

const curveWidth = 40;

/**
 * Shows a run as it trains: on a terminal a bar and a curve for each loss and the mean IoU, elsewhere a line an
 * evaluation.
 */
export class TrainingDisplay {
  private readonly points: TrainingPoint[] = [];
  /** Lines that stand on the terminal now. */
  private drawn = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show({ run, points }: TrainingProgress): void {
    this.points.push(...points);
    if (this.stream.isTTY) this.draw(run);
    else
      for (const point of points)
        if (point.evaluation)
          this.stream.write(`${runInWords({ ...run, step: point.step, mIoU: point.evaluation.mIoU }, point)}\n`);
  }

  /** Writes a line that stays. */
  say(line: string): void {
    this.clear();
    this.stream.write(`labelless: ${line}\n`);
  }

  /** Takes the curves away. */
  clear(): void {
    if (this.drawn > 0) this.stream.write(`\x1b[${this.drawn}A\x1b[0J`);
    this.drawn = 0;
  }

  private draw(run: RunDescription): void {
    const lines = curves(run, this.points).map(line => fit(line, this.stream.columns || 80));
    this.clear();
    this.stream.write(lines.map(line => `${line}\n`).join(''));
    this.drawn = lines.length;
  }
}

/** A bar with the time left, and a curve a line of what the points hold. */
export function curves(
  { name, state, step, steps, secondsLeft }: RunDescription,
  points: readonly TrainingPoint[],
): string[] {
  const time =
    state === 'paused'
      ? 'paused'
      : secondsLeft === undefined
        ? 'getting ready'
        : `${durationInWords(secondsLeft)} left`;
  const names = [...new Set(points.flatMap(({ losses }) => Object.keys(losses)))];
  const series = [
    ...names.map(
      loss => [loss, points.flatMap(({ losses }) => (losses as Partial<typeof losses>)[loss] ?? [])] as const,
    ),
    ['mIoU', points.flatMap(({ evaluation }) => evaluation?.mIoU ?? [])] as const,
  ].filter(([, values]) => values.length > 0);
  const width = Math.max(...series.map(([title]) => title.length));
  return [
    `${printable(name)} ${bar(step / steps)} ${step}/${steps} · ${time}`,
    ...series.map(
      ([title, values]) => `  ${title.padEnd(width)} ${values.at(-1)!.toFixed(3)} ${sparkline(values, curveWidth)}`,
    ),
  ];
}

/** The last evaluation by class, a line each; nothing where there was none. */
export function scoreLines(evaluation: TrainingPoint['evaluation'], classes: readonly ClassLook[]): string[] {
  if (!evaluation) return [];
  const names = classes.map(({ name }) => printable(name));
  const width = Math.max(...names.map(name => name.length), 'pixel accuracy'.length);
  const row = (name: string, value: number | null) =>
    `  ${name.padEnd(width)} ${value === null ? '–' : value.toFixed(3)}`;
  return [
    ...names.map((name, index) => row(name, evaluation.perClass[index] ?? null)),
    row('mean IoU', evaluation.mIoU),
    row('pixel accuracy', evaluation.pixelAccuracy),
  ];
}
