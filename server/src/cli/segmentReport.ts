import { maskStatuses } from '../../../mask/document/maskStatus';
import { outputFormats } from '../../../protocol/names';
import { counted } from '../engine/common/counted';
import type { FailedImage, LeftOutImage, SegmentedRow, SegmentLine, SegmentOutput } from '../library/segmentOutput';
import type { ImageResult } from '../batch/imageBatch';
import { failureOf, type ImageInput, type InputFailure } from '../batch/imageInput';
import { ProgressBar } from './progressBar';
import type { SegmentOptions } from './segmentOptions';
import { printable } from './terminal';
import { printOut } from './standardStreams';

type Success = Extract<ImageResult, { segmented: unknown }>;

/** Reports each image when it is finished, as text or JSON: see `print` of the options. */
export class SegmentReport {
  readonly failures: InputFailure[] = [];
  private readonly rows: SegmentedRow[] = [];
  private readonly leftOut: LeftOutImage[] = [];
  private readonly bar = new ProgressBar(process.stderr);

  constructor(private readonly options: SegmentOptions) {}

  readonly onProgress = (input: ImageInput, progress: Parameters<ProgressBar['update']>[1]): void => {
    this.bar.update(input.name, progress, this.options.settings.granularity);
  };

  add(result: ImageResult): void {
    if ('error' in result) {
      this.addFailure(failureOf(result.input, result.error));
      return;
    }
    const row = rowOf(result);
    this.bar.clear();
    if (this.options.print === 'text') printOut(`${rowLine(row)}\n`);
    else process.stderr.write(`${rowLine(row)}\n`);
    if (this.options.print === 'json') this.rows.push(row);
    this.printLine(row);
  }

  addFailure(failure: InputFailure): void {
    this.failures.push(failure);
    this.bar.clear();
    process.stderr.write(`${failureLine(failure)}\n`);
    this.printLine(failedImage(failure));
  }

  /** Notes an image that stays as it is. */
  addLeftOut({ name }: ImageInput, status: LeftOutImage['status']): void {
    const leftOut = { image: name, status };
    this.leftOut.push(leftOut);
    this.printLine(leftOut);
  }

  end(): void {
    this.bar.clear();
    if (this.leftOut.length > 0) process.stderr.write(`labelless: left as they are: ${this.leftOutCounts()}\n`);
    if (this.options.print !== 'json') return;
    const failed = this.failures.map(failedImage);
    const { leftOut, rows: images } = this;
    const output: SegmentOutput = {
      images,
      ...(leftOut.length > 0 && { leftOut }),
      ...(failed.length > 0 && { failed }),
    };
    printOut(`${JSON.stringify(output)}\n`);
  }

  /** With `--json-lines`: prints what has become of an image. */
  private printLine(entry: SegmentLine): void {
    if (this.options.print === 'json-lines') printOut(`${JSON.stringify(entry)}\n`);
  }

  /** How many images were left out, and why: `3 approved, 1 skipped`. */
  private leftOutCounts(): string {
    const counts = (['done', ...maskStatuses] as const).map(status => {
      const count = this.leftOut.filter(image => image.status === status).length;
      return count > 0 ? `${count} ${status === 'none' ? 'without a mask' : status}` : undefined;
    });
    return counts.filter(count => count !== undefined).join(', ');
  }
}

function rowOf({
  input,
  segmented: { image, summary },
  written: { files, regions, lost, notes: ofWriting },
}: Success): SegmentedRow {
  const { width, height } = image.picture;
  const notes = [...image.notes, ...ofWriting];
  const others = outputFormats.filter(format => format !== 'mask' && files[format] !== undefined);
  return {
    image: input.name,
    mask: files.mask ?? null,
    ...Object.fromEntries(others.map(format => [format, files[format]])),
    ...(lost.length > 0 && { lost }),
    ...(notes.length > 0 && { notes }),
    width,
    height,
    regions,
    iterations: summary.iterations,
    ...(summary.predictions !== undefined && { predictions: summary.predictions }),
    seconds: Math.round(summary.seconds * 1000) / 1000,
    backend: summary.backend,
    ...(summary.reduced && { reduced: summary.reduced }),
  };
}

/** The line about an image that was written. */
function rowLine(row: SegmentedRow): string {
  const files = outputFormats
    .map(format => row[format])
    .filter(file => typeof file === 'string')
    .map(printable)
    .join(', ');
  const { iterations, predictions } = row;
  const work = predictions === undefined ? counted(iterations, 'iteration') : counted(predictions, 'prediction');
  const notes = [row.reduced?.reason, ...(row.lost ?? []), ...(row.notes ?? [])].filter(note => note !== undefined);
  return [
    `${printable(row.image)} → ${files}: ${counted(row.regions, 'region')}, ${work}, ` +
      `${row.seconds.toFixed(2)} s with ${row.backend}`,
    ...notes,
  ].join('; ');
}

const failedImage = ({ name, reason }: InputFailure): FailedImage => ({ image: name, error: reason });

/** The line about an input that failed. */
export function failureLine({ name, reason }: InputFailure): string {
  return `${printable(name)}: ${reason.replace(/\s*\n\s*/g, ' ')}`;
}
