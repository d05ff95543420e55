import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RunDescription, RunState, TrainingPoint } from '../../../../protocol/adapt';
import { writeTogether } from '../../../../files/atomic';
import type { ClassLook } from './data';
import { experimentSchema, type Experiment } from './experiment';

/**
 * A run's folder: `config.json` (the experiment as resolved), `classes.json` (names and colours), `state.json`, `log.jsonl`,
 * `metrics.csv`, `checkpoints/`, `predictions/`.
 */
const [configName, classesName, stateName, logName, metricsName] = ['config.json', 'classes.json', 'state.json', 'log.jsonl', 'metrics.csv'];

const looksSchema = z.array(z.object({ name: z.string(), colour: z.string().regex(/^#[0-9a-f]{6}$/i) })).min(2).max(255);

interface State { readonly state: RunState; readonly process: number; readonly error?: string }

/** Begins a run's folder. */
export async function createRun(folder: string, experiment: Experiment, classes: readonly ClassLook[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeTogether(new Map([
    [path.join(folder, configName), `${JSON.stringify(experiment, null, 2)}\n`],
    [path.join(folder, classesName), `${JSON.stringify(classes, null, 2)}\n`],
    [path.join(folder, logName), ''],
    [path.join(folder, metricsName), `${metricsHeader(classes)}\n`],
  ]));
}

/** The experiment of a run; undefined where the folder holds no run. @throws Error for a run that cannot be read */
export async function readConfig(folder: string): Promise<Experiment | undefined> {
  return await readPart(path.join(folder, configName), text => experimentSchema.parse(JSON.parse(text)));
}

/** The classes of a run, by label; undefined where the folder holds no run. @throws Error for a run that cannot be read */
export async function readClasses(folder: string): Promise<ClassLook[] | undefined> {
  return await readPart(path.join(folder, classesName), text => looksSchema.parse(JSON.parse(text)));
}

async function readPart<T>(file: string, parse: (text: string) => T): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  try {
    return text === undefined ? undefined : parse(text);
  } catch (cause) {
    throw new Error(`${file} is damaged; restore it, or train into another folder`, { cause });
  }
}

/** The points of a run's log, up to a step. A line cut off by a crash is left out. */
export async function readLog(folder: string, upTo = Infinity): Promise<TrainingPoint[]> {
  const text = await readFile(path.join(folder, logName), 'utf8').catch(() => '');
  return text.split('\n').flatMap(line => {
    try {
      const point = JSON.parse(line) as TrainingPoint;
      return typeof point.step === 'number' && point.step <= upTo ? [point] : [];
    } catch {
      return [];
    }
  });
}

/** Replaces log and table, as when a run goes on from a checkpoint that lies before the log's end. */
export async function rewriteLog(folder: string, points: readonly TrainingPoint[], classes: readonly ClassLook[]): Promise<void> {
  const lines = (rows: readonly string[]) => rows.map(row => `${row}\n`).join('');
  await writeTogether(new Map([
    [path.join(folder, logName), lines(points.map(point => JSON.stringify(point)))],
    [path.join(folder, metricsName), lines([metricsHeader(classes), ...points.map(metricsRow)])],
  ]));
}

export async function appendLog(folder: string, point: TrainingPoint): Promise<void> {
  await appendFile(path.join(folder, logName), `${JSON.stringify(point)}\n`);
  await appendFile(path.join(folder, metricsName), `${metricsRow(point)}\n`);
}

export async function writeState(folder: string, state: RunState, error?: string): Promise<void> {
  const content: State = { state, process: process.pid, ...(error !== undefined && { error }) };
  await writeTogether(new Map([[path.join(folder, stateName), JSON.stringify(content)]]));
}

/** A run as its folder tells it; undefined where the folder holds none. One whose process has died counts as stopped. */
export async function describeRun(folder: string): Promise<RunDescription | undefined> {
  const experiment = await readConfig(folder);
  if (!experiment) return undefined;
  const points = await readLog(folder);
  const mIoU = points.findLast(point => point.evaluation)?.evaluation?.mIoU;
  const { state, error } = await readState(folder);
  return {
    folder, name: path.basename(folder), state, step: points.at(-1)?.step ?? 0, steps: experiment.training.steps,
    ...(mIoU !== undefined && { mIoU }), ...(error !== undefined && { error }),
  };
}

async function readState(folder: string): Promise<State> {
  try {
    const state = JSON.parse(await readFile(path.join(folder, stateName), 'utf8')) as State;
    const active = state.state === 'running' || state.state === 'paused';
    return active && !isAlive(state.process) ? { ...state, state: 'stopped' } : state;
  } catch {
    return { state: 'stopped', process: 0 };
  }
}

/** Whether another process trains into this folder now. */
export async function isTaken(folder: string): Promise<boolean> {
  const { state, process: other } = await readState(folder);
  return (state === 'running' || state === 'paused') && other !== process.pid;
}

function isAlive(other: number): boolean {
  try {
    process.kill(other, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Losses stand under every name that any strategy logs, so that tables of several runs have the same columns. */
const lossNames = ['segmentation', 'adversarial', 'discriminator', 'entropy', 'selfTraining'];

function metricsHeader(classes: readonly ClassLook[]): string {
  return ['step', 'learning rate', 'seconds per step', ...lossNames, 'mIoU', 'pixel accuracy', ...classes.map(({ name }) => name)].map(quoted).join(',');
}

function metricsRow({ step, learningRate, secondsPerStep, losses, evaluation }: TrainingPoint): string {
  const values = [
    step, learningRate, secondsPerStep, ...lossNames.map(name => (losses as Partial<typeof losses>)[name]),
    evaluation?.mIoU, evaluation?.pixelAccuracy, ...(evaluation?.perClass ?? []),
  ];
  return values.map(value => value ?? '').join(',');
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
