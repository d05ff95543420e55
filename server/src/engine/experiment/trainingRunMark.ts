import { realpath } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { readRegularFile } from '../../../../files/regularFile';
import { parseJson } from '../../../../mask/files/json';

/**
 * The files of a training run's folder. A folder is known as a run by `config`, the experiment as resolved, and by
 * `classes`, their names and colours.
 */
export const runFiles = {
  config: 'config.json',
  classes: 'classes.json',
  /** The experiment file, relative to the run. */
  origin: 'origin.json',
  /** What the run is doing, and which process does it. */
  state: 'state.json',
  /** A list of the files that it learns from, by which changes are noticed when it is resumed. */
  data: 'data.json',
  log: 'log.jsonl',
  metrics: 'metrics.csv',
  /** The run's messages, a line each. */
  messages: 'messages.log',
  /** The action that is requested of a run. */
  control: 'control',
  /** Touched by each process that follows the run. */
  followed: 'followed',
} as const;

/** The folders of a training run. */
export const runFolders = { checkpoints: 'checkpoints', predictions: 'predictions' } as const;

/** The largest size of one of a run's small files, bytes: a larger file is not what its name says. */
export const largestRunFile = 1e6;

/**
 * What every resolved experiment has. An experiment file that a user calls config.json lacks parts that have defaults;
 * what later versions add is of no concern here.
 */
const resolvedExperiment = z.object({
  source: z.object({ layout: z.string() }),
  network: z.object({ name: z.string() }),
  adaptation: z.object({ strategy: z.string() }),
  training: z.object({ steps: z.number(), augmentation: z.object({}) }),
  output: z.object({ checkpointEvery: z.number() }),
});
const namedClasses = z.array(z.object({ name: z.string(), colour: z.string() }));

/** Whether a folder is that of a training run. Never throws: what cannot be read is none. */
export async function isTrainingRun(folder: string): Promise<boolean> {
  const fits = async (name: string, schema: z.ZodType) =>
    schema.safeParse(parseJson(await readRegularFile(path.join(folder, name), largestRunFile))).success;
  try {
    return (await fits(runFiles.config, resolvedExperiment)) && (await fits(runFiles.classes, namedClasses));
  } catch {
    return false;
  }
}

/**
 * Finds the training run whose predictions or checkpoints a folder belongs to; undefined where it belongs to none.
 * @param folder absolute path; its links are followed
 */
export async function enclosingTrainingRun(folder: string): Promise<string | undefined> {
  const real = await realpath(folder).catch(() => folder);
  for (let at = real; at !== path.dirname(at); at = path.dirname(at)) {
    const isRunPart = Object.values<string>(runFolders).includes(path.basename(at));
    if (isRunPart && (await isTrainingRun(path.dirname(at)))) return path.dirname(at);
  }
  return undefined;
}

/**
 * Removes a training run's own files and folders from the entries of its folder; from those of other folders, nothing.
 * What else lies there stays, since a run may lie among the photos that it adapts to.
 */
export async function withoutRunFiles<Entry extends { readonly name: string }>(
  folder: string,
  entries: readonly Entry[],
): Promise<readonly Entry[]> {
  const has = (wanted: string) => entries.some(({ name }) => name === wanted);
  if (!has(runFiles.config) || !has(runFiles.classes) || !(await isTrainingRun(folder))) return entries;
  const own = Object.values<string>({ ...runFiles, ...runFolders });
  return entries.filter(({ name }) => !own.includes(name));
}
