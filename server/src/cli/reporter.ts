import type { Outcome } from './batch';
import type { Input, InputFailure } from './inputs';
import type { SegmentOptions } from './options';
import { ProgressBar } from './progress';
import { failureLine, failureOf, lineOf, rowOf, type ImageRow } from './report';

/** Tells of each image as it is done: JSON at the end, or a line each. */
export class Reporter {
  readonly failures: InputFailure[] = [];
  private readonly rows: ImageRow[] = [];
  private readonly bar = new ProgressBar(process.stderr);

  constructor(private readonly options: SegmentOptions) {}

  readonly progress = (input: Input, progress: Parameters<ProgressBar['update']>[1]): void => {
    this.bar.update(input.name, progress, this.options.settings.granularity);
  };

  finished(outcome: Outcome): void {
    if ('error' in outcome) {
      this.failed(failureOf(outcome));
      return;
    }
    const row = rowOf(outcome);
    this.rows.push(row);
    this.bar.clear();
    (this.options.json ? process.stderr : process.stdout).write(`${lineOf(row)}\n`);
  }

  failed(failure: InputFailure): void {
    this.failures.push(failure);
    this.bar.clear();
    process.stderr.write(`${failureLine(failure)}\n`);
  }

  end(): void {
    this.bar.clear();
    if (!this.options.json) return;
    const failed = this.failures.map(({ name, reason }) => ({ image: name, error: reason }));
    process.stdout.write(`${JSON.stringify({ images: this.rows, ...(failed.length > 0 && { failed }) })}\n`);
  }
}
