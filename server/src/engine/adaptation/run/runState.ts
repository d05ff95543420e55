import { readFile, stat, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { isUnderWay, trainingRunStates, type TrainingRunState } from '../../../../../protocol/trainingRun';
import { writeAtomically } from '../../../../../files/atomic';

/**
 * The content of `state.json`: what a run is doing, and which process does it. That process touches the file as long as
 * it lives.
 */
const stateSchema = z.object({
  state: z.enum(trainingRunStates),
  process: z.int(),
  host: z.string(),
  error: z.string().optional(),
});

export type StateRecord = z.infer<typeof stateSchema>;

/** The interval at which a process touches its run's state. */
export const heartbeatMilliseconds = 5000;
/**
 * The silence, ms, after which a state counts as a dead process's, even where another process has its number by now. On
 * this machine the number shows a death earlier; a machine that slept gets time to touch the state.
 */
const [silentHere, silentElsewhere] = [600_000, 120_000];

const fileOf = (folder: string) => path.join(folder, 'state.json');

export async function writeRunState(folder: string, state: TrainingRunState, error?: string): Promise<void> {
  const content: StateRecord = {
    state,
    process: process.pid,
    host: os.hostname(),
    ...(error !== undefined && { error }),
  };
  await writeAtomically(new Map([[fileOf(folder), JSON.stringify(content)]]));
}

/** Records that this process still works on the run. */
export async function touchRunState(folder: string): Promise<void> {
  const now = new Date();
  await utimes(fileOf(folder), now, now).catch(() => undefined); // the next one may succeed
}

export interface CurrentRunState extends StateRecord {
  /** When the state was last written or touched: milliseconds since 1970. */
  readonly touched: number;
  /** Whether the run's process died at work, which counts as stopped. */
  readonly died: boolean;
}

export async function readRunState(folder: string): Promise<CurrentRunState> {
  try {
    const record = stateSchema.parse(JSON.parse(await readFile(fileOf(folder), 'utf8')));
    const touched = (await stat(fileOf(folder))).mtimeMs;
    const died = isUnderWay(record) && !isAlive(record, touched);
    return { ...record, touched, died, ...(died && { state: 'stopped' }) };
  } catch {
    return { state: 'stopped', process: 0, host: '', touched: 0, died: false };
  }
}

/** Whether another process trains into this folder now. */
export async function isTrainedElsewhere(folder: string): Promise<boolean> {
  const record = await readRunState(folder);
  return isUnderWay(record) && !(record.process === process.pid && record.host === os.hostname());
}

function isAlive({ process: other, host }: StateRecord, touched: number): boolean {
  const silent = Date.now() - touched;
  if (host !== os.hostname()) return silent < silentElsewhere;
  if (silent > silentHere) return false;
  try {
    process.kill(other, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
