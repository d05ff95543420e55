import { mergesAt } from '../../../mask/regions/cut';
import { counted } from '../engine/common/counted';
import type { MethodProgress } from '../engine/common/methodRun';
import { LiveLines, printable } from './terminal';

/** Milliseconds between two drawings: short enough for a smooth bar, long enough to take no time from training. */
const interval = 100;
const barWidth = 24;

/**
 * Shows the progress of an image's training on a terminal. On any other stream it shows nothing, since the result of
 * each image is a line of its own there.
 */
export class ProgressBar {
  private drawn = -Infinity;
  private readonly lines: LiveLines;

  constructor(stream: NodeJS.WriteStream) {
    this.lines = new LiveLines(stream);
  }

  update(name: string, progress: MethodProgress, granularity: number): void {
    const now = performance.now();
    if (now - this.drawn < interval) return;
    this.drawn = now;
    this.lines.show([progressLine(name, progress, granularity)]);
  }

  /** Removes the bar, so that a line can be written in its place. */
  clear(): void {
    this.lines.clear();
    this.drawn = -Infinity;
  }
}

/** The progress of an image as text: the iterations done of all, the regions at the granularity, and the loss. */
export function progressLine(
  name: string,
  { iteration, iterations, hierarchy, loss }: MethodProgress,
  granularity: number,
): string {
  const parts = [
    `${bar(iterations > 0 ? iteration / iterations : 0)} ${iteration}/${iterations}`,
    counted(hierarchy.count - mergesAt(hierarchy, granularity), 'region'),
  ];
  if (loss !== null) parts.push(`loss ${loss.toFixed(3)}`);
  return `${printable(name)} ${parts.join(' · ')}`;
}

/** Draws a bar. @param done share, 0 to 1 */
export function bar(done: number): string {
  const filled = Math.round(barWidth * done);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}
