import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import { writing } from '../../../../../files/writeError';
import type { ClassInfo } from '../../../../../mask/classes/classInfo';
import { trainingPointSchema, type TrainingPoint } from '../../../../../protocol/trainingPoint';
import { runFiles } from '../../experiment/trainingRunMark';

/** The largest log that is read, bytes. */
const largestLog = 1e8;

/** The contents of a new run's log and table, by path. */
export function emptyLog(folder: string, classes: readonly ClassInfo[]): Map<string, string> {
  return logOf(folder, [], classes);
}

/** The contents of a run's log and table with some points, by path. */
export function logOf(
  folder: string,
  points: readonly TrainingPoint[],
  classes: readonly ClassInfo[],
): Map<string, string> {
  const lines = (rows: readonly string[]) => rows.map(row => `${row}\n`).join('');
  return new Map([
    [path.join(folder, runFiles.log), lines(points.map(point => JSON.stringify(point)))],
    [path.join(folder, runFiles.metrics), lines([metricsHeader(classes), ...points.map(metricsRow)])],
  ]);
}

/**
 * Reads the points of a run's log, up to a step. A line cut off by a crash is left out.
 * @throws ReadError for a file that cannot be read, or is too large
 */
export async function readLog(folder: string, upTo = Infinity): Promise<TrainingPoint[]> {
  const file = path.join(folder, runFiles.log);
  const bytes = await readRegularFile(file, largestLog).catch((error: unknown) => {
    if (error instanceof ReadError && error.code === 'ENOENT') return undefined;
    throw error;
  });
  return parseLog(bytes?.toString('utf8') ?? '').filter(({ step }) => step <= upTo);
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

/** Adds a point to log and table. @throws WriteError */
export async function appendLog(folder: string, point: TrainingPoint): Promise<void> {
  await append(path.join(folder, runFiles.log), `${JSON.stringify(point)}\n`);
  await append(path.join(folder, runFiles.metrics), `${metricsRow(point)}\n`);
}

/** Adds a line to the messages of a run. @throws WriteError */
export async function appendMessage(folder: string, line: string): Promise<void> {
  await append(path.join(folder, runFiles.messages), `${line.replaceAll(/\s*\n\s*/g, ' ')}\n`);
}

/** Windows has no such flag: links were refused when the run began. */
const appending = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0);

async function append(file: string, text: string): Promise<void> {
  await writing(file, async () => {
    const handle = await open(file, appending);
    try {
      await handle.appendFile(text);
    } finally {
      await handle.close();
    }
  });
}

/** The columns of losses: all names that any strategy logs, so that the tables of all runs have the same columns. */
const lossNames = [
  'segmentation',
  'featureDistance',
  'adversarial',
  'discriminator',
  'entropy',
  'selfTraining',
  'masked',
];

function metricsHeader(classes: readonly ClassInfo[]): string {
  return [
    'step',
    'learning rate',
    'seconds per step',
    ...lossNames,
    ...scoreNames(classes),
    ...scoreNames(classes).map(name => `held-out ${name}`),
  ]
    .map(quoted)
    .join(',');
}

function scoreNames(classes: readonly ClassInfo[]): string[] {
  return ['mIoU', 'pixel accuracy', ...classes.map(({ name }) => name)];
}

function metricsRow({ step, learningRate, secondsPerStep, losses, evaluation, heldOut }: TrainingPoint): string {
  const classes = (evaluation ?? heldOut)?.perClass ?? [];
  const scores = (of: typeof evaluation) => [
    of?.mIoU,
    of?.pixelAccuracy,
    ...classes.map((_, index) => of?.perClass[index]),
  ];
  const values = [
    step,
    learningRate,
    secondsPerStep,
    ...lossNames.map(name => losses[name]),
    ...scores(evaluation),
    ...scores(heldOut),
  ];
  return values.map(value => value ?? '').join(',');
}

/** A heading as a cell. An apostrophe keeps spreadsheets from calculating what a class is named: `=1+1`. */
function quoted(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
