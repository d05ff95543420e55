import path from 'node:path';
import { outputFormats } from '../../../protocol/settings';
import { ImageError } from '../engine/image/error';
import type { Outcome } from './batch';
import { counted } from '../engine/common/counted';
import { printable } from './display';
import type { InputFailure } from './inputs';

type Success = Extract<Outcome, { result: unknown }>;

/** An image's entry of the JSON that `--json` prints. */
export interface ImageRow {
  image: string;
  /** Null where `--format` leaves the mask out. */
  mask: string | null;
  overlay?: string;
  npy?: string;
  classes?: string;
  coco?: string;
  labelme?: string;
  voc?: string;
  yolo?: string;
  /** What formats could not hold; absent where all is there. */
  lost?: readonly string[];
  width: number;
  height: number;
  regions: number;
  iterations: number;
  seconds: number;
  backend: string;
  /** The size that memory limits made the network train at, and why. */
  reduced?: { width: number; height: number; reason: string };
}

/** The row of an image that was written. */
export function rowOf({
  input,
  result: {
    image: { picture },
    summary,
  },
  written: { files, regions, lost },
}: Success): ImageRow {
  const others = outputFormats.filter(format => format !== 'mask' && files[format] !== undefined);
  return {
    image: input.name,
    mask: files.mask ?? null,
    ...Object.fromEntries(others.map(format => [format, files[format]])),
    ...(lost.length > 0 && { lost }),
    width: picture.width,
    height: picture.height,
    regions,
    iterations: summary.iterations,
    seconds: Math.round(summary.seconds * 1000) / 1000,
    backend: summary.backend,
    ...(summary.reduced && { reduced: summary.reduced }),
  };
}

/** The line that tells a person of an image that was written. */
export function lineOf(row: ImageRow): string {
  const files = outputFormats
    .map(format => row[format])
    .filter(file => typeof file === 'string')
    .map(printable)
    .join(', ');
  return (
    `${printable(row.image)} → ${files}: ${counted(row.regions, 'region')}, ${counted(row.iterations, 'iteration')}, ` +
    `${row.seconds.toFixed(2)} s with ${row.backend}${[row.reduced?.reason, ...(row.lost ?? [])].map(note => (note === undefined ? '' : `; ${note}`)).join('')}`
  );
}

/** Why an input failed. */
export function failureOf({ input, error }: Extract<Outcome, { error: unknown }>): InputFailure {
  const reason = error instanceof ImageError ? error.reason : error instanceof Error ? error.message : String(error);
  // Some errors name the file themselves; the line does so already.
  const prefix = `${path.basename(input.file)}: `;
  return { name: input.name, reason: reason.startsWith(prefix) ? reason.slice(prefix.length) : reason };
}

/** The line that tells of an input that failed. */
export function failureLine({ name, reason }: InputFailure): string {
  return `${printable(name)}: ${reason.replace(/\s*\n\s*/g, ' ')}`;
}
