import path from 'node:path';
import * as z from 'zod';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import { parseJson } from '../../../../../mask/files/json';
import type { DataListing } from '../../dataset/streaming/dataListing';
import { experimentSchema, type Experiment } from '../../experiment/experimentSchema';
import { withHoldOut } from '../../experiment/holdOut';
import { largestRunFile, runFiles } from '../../experiment/trainingRunMark';
import { emptyLog } from './runLog';
import { runStateText } from './runState';

const classesSchema = z
  .array(z.object({ name: z.string(), colour: z.string().regex(/^#[0-9a-f]{6}$/i) }))
  .min(2)
  .max(255);
const originSchema = z.object({ experiment: z.string().min(1) });
const listedFiles = z.record(z.string(), z.string());
const listingSchema = z.object({ source: listedFiles.exactOptional(), target: listedFiles.exactOptional() });

/** The largest size of the list of a run's data, bytes: some hundred bytes a picture. */
const largestListing = 5e8;

/** What a training run is begun or resumed with. */
export interface RunStart {
  readonly experiment: Experiment;
  readonly classes: readonly ClassInfo[];
  readonly listing: DataListing;
  /** The path of the experiment file. */
  readonly origin?: string;
}

/** The contents of all files of a run that has just begun, by path. `config` comes last: with it the run exists. */
export function filesOfNewRun(folder: string, start: RunStart): Map<string, string> {
  return new Map([
    [path.join(folder, runFiles.classes), `${JSON.stringify(start.classes, null, 2)}\n`],
    ...emptyLog(folder, start.classes),
    ...filesOfResumedRun(folder, start),
  ]);
}

/** The contents of those files of a run that may change when it is resumed, by path. */
export function filesOfResumedRun(
  folder: string,
  { experiment, listing, origin }: Omit<RunStart, 'classes'>,
): Map<string, string> {
  const at = (name: string) => path.join(folder, name);
  return new Map([
    [at(runFiles.data), JSON.stringify(listing)],
    // Both may move together.
    ...(origin === undefined
      ? []
      : ([[at(runFiles.origin), JSON.stringify({ experiment: path.relative(folder, origin) })]] as const)),
    [at(runFiles.state), runStateText('running')],
    [at(runFiles.config), `${JSON.stringify(withHoldOut(experiment), null, 2)}\n`],
  ]);
}

/**
 * Reads the experiment of a run; undefined where the folder holds no run. One that does not tell what it holds out is
 * of a time when all pictures were trained on.
 * @throws Error for a run that cannot be read
 */
export async function readRunExperiment(folder: string): Promise<Experiment | undefined> {
  const experiment = await readPart(path.join(folder, runFiles.config), experimentSchema);
  return experiment && withHoldOut(experiment, experiment.source.holdOut ?? 0);
}

/**
 * Reads the classes of a run, by label; undefined where the folder holds no run.
 * @throws Error for a run that cannot be read
 */
export async function readRunClasses(folder: string): Promise<ClassInfo[] | undefined> {
  return await readPart(path.join(folder, runFiles.classes), classesSchema);
}

/** Reads the list of the files that a run learns from; undefined where it has none, as before there were such lists. */
export async function readRunListing(folder: string): Promise<DataListing | undefined> {
  return await readPart(path.join(folder, runFiles.data), listingSchema, largestListing);
}

/** Reads the path of the experiment file that a run was started from, where it is known. */
export async function readOrigin(folder: string): Promise<string | undefined> {
  const origin = await readPart(path.join(folder, runFiles.origin), originSchema).catch(() => undefined);
  return origin && path.resolve(folder, origin.experiment);
}

async function readPart<T>(file: string, schema: z.ZodType<T>, limit = largestRunFile): Promise<T | undefined> {
  try {
    return schema.parse(parseJson(await readRegularFile(file, limit)));
  } catch (cause) {
    if (cause instanceof ReadError && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR')) return undefined;
    throw new Error(`${file} is damaged; restore it, or train into another folder`, { cause });
  }
}
