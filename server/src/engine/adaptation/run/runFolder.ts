import { appendFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../../files/atomic';
import type { ClassInfo } from '../../../../../mask/classes';
import { experimentSchema, type Experiment } from '../../experiment/experimentSchema';
import { trainingPointSchema, type TrainingPoint } from '../../../../../protocol/trainingPoint';

/**
 * The files of a run's folder: `config.json` (the experiment as resolved), `classes.json` (names and colours),
 * `origin.json` (its file), `state.json` (see runState.ts), `log.jsonl`, `metrics.csv`, `messages.log`, `checkpoints/`,
 * `predictions/`.
 */
const [configName, classesName, originName, logName, metricsName] = [
  'config.json',
  'classes.json',
  'origin.json',
  'log.jsonl',
  'metrics.csv',
];
/** The file of a run's messages, a line each, and of its process's last output when that dies. */
export const messagesName = 'messages.log';

const classesSchema = z
  .array(z.object({ name: z.string(), colour: z.string().regex(/^#[0-9a-f]{6}$/i) }))
  .min(2)
  .max(255);

const originSchema = z.object({ experiment: z.string().min(1) });

/** Largest sizes in bytes: a larger file is not what its name says, and is not read. */
const [largestPart, largestLog] = [1e6, 1e8];

/** Creates a run's folder. */
export async function createRunFolder(
  folder: string,
  experiment: Experiment,
  classes: readonly ClassInfo[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeAtomically(
    new Map([
      [path.join(folder, configName), `${JSON.stringify(experiment, null, 2)}\n`],
      [path.join(folder, classesName), `${JSON.stringify(classes, null, 2)}\n`],
      [path.join(folder, logName), ''],
      [path.join(folder, metricsName), `${metricsHeader(classes)}\n`],
    ]),
  );
}

/**
 * Reads the experiment of a run; undefined where the folder holds no run.
 * @throws Error for a run that cannot be read
 */
export async function readRunExperiment(folder: string): Promise<Experiment | undefined> {
  return await readPart(path.join(folder, configName), text => experimentSchema.parse(JSON.parse(text)));
}

/**
 * Reads the classes of a run, by label; undefined where the folder holds no run.
 * @throws Error for a run that cannot be read
 */
export async function readRunClasses(folder: string): Promise<ClassInfo[] | undefined> {
  return await readPart(path.join(folder, classesName), text => classesSchema.parse(JSON.parse(text)));
}

/** Records the experiment file, relative to the run, so that both may move together. */
export async function writeOrigin(folder: string, file: string): Promise<void> {
  await writeAtomically(
    new Map([[path.join(folder, originName), JSON.stringify({ experiment: path.relative(folder, file) })]]),
  );
}

/** Reads the path of the experiment file that a run was started from, where it is known. */
export async function readOrigin(folder: string): Promise<string | undefined> {
  const text = await readFile(path.join(folder, originName), 'utf8').catch(() => '{}');
  try {
    return path.resolve(folder, originSchema.parse(JSON.parse(text)).experiment);
  } catch {
    return undefined;
  }
}

async function readPart<T>(file: string, parse: (text: string) => T): Promise<T | undefined> {
  try {
    const text = await readSmall(file, largestPart);
    return text === undefined ? undefined : parse(text);
  } catch (cause) {
    throw new Error(`${file} is damaged; restore it, or train into another folder`, { cause });
  }
}

/**
 * Reads a file's text; undefined where the file is missing.
 * @throws Error for one that is too large to be what it should be
 */
async function readSmall(file: string, limit: number): Promise<string | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (found && found.size > limit) throw new Error(`${file} is too large: ${found.size} bytes`);
  return found && readFile(file, 'utf8');
}

/**
 * Reads the points of a run's log, up to a step. A line cut off by a crash is left out.
 * @throws Error for a file that is too large
 */
export async function readLog(folder: string, upTo = Infinity): Promise<TrainingPoint[]> {
  return parseLog((await readSmall(path.join(folder, logName), largestLog)) ?? '').filter(({ step }) => step <= upTo);
}

/** Parses the points in a piece of a log. */
export function parseLog(text: string): TrainingPoint[] {
  return text.split('\n').flatMap(line => {
    try {
      return [trainingPointSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** Replaces log and table, as when a run is resumed from a checkpoint that lies before the log's end. */
export async function rewriteLog(
  folder: string,
  points: readonly TrainingPoint[],
  classes: readonly ClassInfo[],
): Promise<void> {
  const lines = (rows: readonly string[]) => rows.map(row => `${row}\n`).join('');
  await writeAtomically(
    new Map([
      [path.join(folder, logName), lines(points.map(point => JSON.stringify(point)))],
      [path.join(folder, metricsName), lines([metricsHeader(classes), ...points.map(metricsRow)])],
    ]),
  );
}

/** Deletes a run, and nothing else that lies in its folder. */
export async function removeRun(folder: string): Promise<void> {
  const names = [
    logName,
    metricsName,
    classesName,
    originName,
    'state.json',
    'control',
    messagesName,
    'checkpoints',
    'predictions',
    configName,
  ];
  for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true });
}

export async function appendMessage(folder: string, line: string): Promise<void> {
  await appendFile(path.join(folder, messagesName), `${line.replaceAll(/\s*\n\s*/g, ' ')}\n`);
}

export async function appendLog(folder: string, point: TrainingPoint): Promise<void> {
  await appendFile(path.join(folder, logName), `${JSON.stringify(point)}\n`);
  await appendFile(path.join(folder, metricsName), `${metricsRow(point)}\n`);
}

/** The columns of losses: all names that any strategy logs, so that the tables of all runs have the same columns. */
const lossNames = ['segmentation', 'adversarial', 'discriminator', 'entropy', 'selfTraining'];

function metricsHeader(classes: readonly ClassInfo[]): string {
  return [
    'step',
    'learning rate',
    'seconds per step',
    ...lossNames,
    'mIoU',
    'pixel accuracy',
    ...classes.map(({ name }) => name),
  ]
    .map(quoted)
    .join(',');
}

function metricsRow({ step, learningRate, secondsPerStep, losses, evaluation }: TrainingPoint): string {
  const values = [
    step,
    learningRate,
    secondsPerStep,
    ...lossNames.map(name => losses[name]),
    evaluation?.mIoU,
    evaluation?.pixelAccuracy,
    ...(evaluation?.perClass ?? []),
  ];
  return values.map(value => value ?? '').join(',');
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
