import { constants } from 'node:fs';
import { lutimes, open, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../../files/atomic';
import { readRegularFile } from '../../../../../files/regularFile';
import { parseJson } from '../../../../../mask/files/json';
import { isUnderWay, trainingRunStates, type TrainingRunState } from '../../../../../protocol/trainingRun';
import { largestRunFile, runFiles } from '../../experiment/trainingRunMark';

/**
 * The content of `state.json`: what a run is doing, and which process does it. That process touches the file as long as
 * it lives.
 */
const stateSchema = z.object({
  state: z.enum(trainingRunStates),
  process: z.int(),
  host: z.string(),
  /** Whether the process holds the lock of the folder; before there were locks none did. */
  locked: z.boolean().optional(),
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

const fileOf = (folder: string) => path.join(folder, runFiles.state);

/** The text of the file for what this process does. */
export function runStateText(state: TrainingRunState, error?: string): string {
  const content: StateRecord = {
    state,
    process: process.pid,
    host: os.hostname(),
    locked: true,
    ...(error !== undefined && { error }),
  };
  return JSON.stringify(content);
}

/**
 * Records what this process does. On a full disk the file is overwritten in place, which takes no space: else why a run
 * ended would be lost for that very reason.
 * @throws WriteError
 */
export async function writeRunState(folder: string, state: TrainingRunState, error?: string): Promise<void> {
  const [file, text] = [fileOf(folder), runStateText(state, error)];
  try {
    await writeAtomically(new Map([[file, text]]), { links: 'replace' });
  } catch (cause) {
    await overwrite(file, text).catch(() => {
      throw cause;
    });
  }
}

async function overwrite(file: string, text: string): Promise<void> {
  const handle = await open(file, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    const { size } = await handle.stat();
    await handle.write(text.padEnd(size), 0);
    await handle.truncate(Buffer.byteLength(text));
  } finally {
    await handle.close();
  }
}

/** Records that this process still works on the run. */
export async function touchRunState(folder: string): Promise<void> {
  const now = new Date();
  await lutimes(fileOf(folder), now, now).catch(() => undefined); // the next one may succeed
}

export interface CurrentRunState extends StateRecord {
  /** When the state was last written or touched: milliseconds since 1970. */
  readonly touched: number;
  /** Whether the run's process died at work, which counts as stopped. */
  readonly died: boolean;
}

export async function readRunState(folder: string): Promise<CurrentRunState> {
  try {
    const record = stateSchema.parse(parseJson(await readRegularFile(fileOf(folder), largestRunFile)));
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

/**
 * Whether another process seems to train into a folder although this one holds the folder's lock: one of an earlier
 * version, or on another machine, which may not see the lock.
 */
export async function isTrainedWithoutLock(folder: string): Promise<boolean> {
  const { locked = false, host } = await readRunState(folder);
  return !(locked && host === os.hostname()) && (await isTrainedElsewhere(folder));
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
