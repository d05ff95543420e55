import { mergesAt } from '../../../mask/regions/cut';
import type { Progress } from '../engine/common/segmentationRun';
import { counted } from '../engine/common/counted';
import { printable } from './display';

/** Milliseconds between two drawings: often enough to look alive, too seldom to cost anything. */
const interval = 100;
const barWidth = 24;

/**
 * Shows how far an image's training is, on a terminal; elsewhere nothing, as each image's result is a line of its own
 * there.
 */
export class ProgressBar {
  private drawn = -Infinity;
  private shown = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  update(name: string, progress: Progress, granularity: number): void {
    const now = performance.now();
    if (!this.stream.isTTY || now - this.drawn < interval) return;
    this.drawn = now;
    this.shown = true;
    this.stream.write(`\r\x1b[2K${fit(line(name, progress, granularity), this.stream.columns || 80)}`);
  }

  /** Takes the bar away, so that a line can be written in its place. */
  clear(): void {
    if (this.shown) this.stream.write('\r\x1b[2K');
    this.shown = false;
    this.drawn = -Infinity;
  }
}

/** What a bar says: iterations done of all, regions at the granularity, and the loss. */
export function line(name: string, { iteration, iterations, hierarchy, loss }: Progress, granularity: number): string {
  const parts = [
    `${bar(iterations > 0 ? iteration / iterations : 0)} ${iteration}/${iterations}`,
    counted(hierarchy.count - mergesAt(hierarchy, granularity), 'region'),
  ];
  if (loss !== null) parts.push(`loss ${loss.toFixed(3)}`);
  return `${printable(name)} ${parts.join(' · ')}`;
}

/** @param done share, 0 to 1 */
export function bar(done: number): string {
  const filled = Math.round(barWidth * done);
  return '█'.repeat(filled) + '░'.repeat(barWidth - filled);
}

/** A line that wraps could not be redrawn in place. */
export function fit(text: string, columns: number): string {
  return text.length < columns ? text : text.slice(0, Math.max(0, columns - 1));
}
