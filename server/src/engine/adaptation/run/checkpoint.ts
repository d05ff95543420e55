import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../../files/atomic';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import { checkFinite, decodeTensors, encodeTensors } from '../networks/safetensors';
import type { TensorValue } from '../../graph/core/operation';
import { reasonOf } from '../../../../../mask/errors';
import type { Experiment } from '../../experiment/experimentSchema';
import { isChosenByHoldOut } from '../../experiment/holdOut';
import { runFolders } from '../../experiment/trainingRunMark';
import { makeFolder } from './makeFolder';

/**
 * The progress of a run beside its tensors. Generators of random numbers start anew from seed and step, so the step is
 * their state too.
 */
const metadataSchema = z.object({
  step: z.int().min(1),
  /** Cursors of the streams of batches, as the streams returned them. */
  cursors: z.object({ source: z.json(), target: z.json().optional() }),
  /** Losses since the last point of the log. */
  pending: z.object({ sums: z.record(z.string(), z.number()), count: z.int().min(0) }),
  /** Training loss over the steps before this checkpoint, and the lowest one of all regular checkpoints so far. */
  loss: z.number(),
  best: z.number(),
  /** Losses since the last regular checkpoint, of one that was written because the run was stopped between two. */
  interval: z.object({ sums: z.record(z.string(), z.number()), count: z.int().min(0) }).exactOptional(),
  /** The mean IoU on held-out pictures, of a checkpoint that was kept for it. */
  heldOut: z.number().exactOptional(),
});

export type CheckpointMetadata = z.infer<typeof metadataSchema>;

/** The complete state of training: weights, moments, running averages, and the progress of the run. */
export interface Checkpoint extends CheckpointMetadata {
  readonly tensors: Readonly<Record<string, TensorValue>>;
}

const bestName = 'best.safetensors';
const pattern = /^step-(\d{6,})\.safetensors$/;

/** The largest file that is read: Node reads none of more than 2 GiB. */
export const largestCheckpoint = 2 ** 31;

const folderOf = (run: string) => path.join(run, runFolders.checkpoints);
const nameOf = (step: number) => `step-${String(step).padStart(6, '0')}.safetensors`;
const fileOf = (run: string, step: number) => path.join(folderOf(run), nameOf(step));

/**
 * Writes a checkpoint completely or not at all, then deletes all but the last `keep`.
 * @throws WriteError
 */
export async function writeCheckpoint(run: string, checkpoint: Checkpoint, keep: number): Promise<void> {
  await write(run, fileOf(run, checkpoint.step), checkpoint);
  for (const step of (await checkpointSteps(run)).slice(keep)) await rm(fileOf(run, step), { force: true });
}

/** Writes a checkpoint as the best one so far, in place of the one before. @throws WriteError */
export async function writeBestCheckpoint(run: string, checkpoint: Checkpoint): Promise<void> {
  await write(run, path.join(folderOf(run), bestName), checkpoint);
}

async function write(run: string, file: string, { tensors, ...standing }: Checkpoint): Promise<void> {
  await makeFolder(folderOf(run));
  const bytes = encodeTensors({
    tensors,
    metadata: { format: 'labelless-checkpoint', standing: JSON.stringify(standing) },
  });
  await writeAtomically(new Map([[file, bytes]]), { links: 'replace' });
}

/**
 * Reads the checkpoint of a run that pictures are segmented with: of a network without a target the one that held-out
 * pictures chose, where there are such, else the last one. Undefined where there is none.
 */
export async function readCheckpointInUse(run: string, experiment: Experiment): Promise<Checkpoint | undefined> {
  const best = isChosenByHoldOut(experiment) ? await readCheckpoint(run, 'best') : undefined;
  return best?.heldOut === undefined ? readCheckpoint(run) : best;
}

/**
 * Reads a run's last checkpoint, or its best; undefined where there is none. In place of a damaged one the one before
 * is read.
 */
export async function readCheckpoint(run: string, which: 'last' | 'best' = 'last'): Promise<Checkpoint | undefined> {
  const files =
    which === 'best'
      ? [path.join(folderOf(run), bestName)]
      : (await checkpointSteps(run)).map(step => fileOf(run, step));
  let reason: Error | undefined;
  for (const file of files) {
    try {
      return decodeCheckpoint(await readRegularFile(file, largestCheckpoint));
    } catch (cause) {
      if (which === 'best' && cause instanceof ReadError && cause.code === 'ENOENT') return undefined;
      reason ??= cause instanceof ReadError ? cause : new Error(`${file}: ${reasonOf(cause)}`, { cause });
    }
  }
  if (reason) throw reason;
  return undefined;
}

/** Finds the file of the checkpoint that `readCheckpointInUse` reads where it is not damaged. */
export async function checkpointFileInUse(run: string, experiment: Experiment): Promise<string | undefined> {
  const [first] = checkpointsToRead(await namesOf(run), experiment);
  return first === undefined ? undefined : path.join(folderOf(run), first);
}

/**
 * Chooses the checkpoints that `readCheckpointInUse` may read where none is damaged, first the one that it tries first.
 * @param names those of the files in a run's folder of checkpoints
 */
export function checkpointsToRead(names: readonly string[], experiment: Experiment): string[] {
  const best = isChosenByHoldOut(experiment) && names.includes(bestName) ? [bestName] : [];
  const [last] = stepsIn(names);
  return last === undefined ? best : [...best, nameOf(last)];
}

/** Decodes the bytes of a checkpoint. @throws Error that says what is wrong */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { tensors, metadata } = decodeTensors(bytes);
  const { success, data } = metadataSchema.safeParse(parse(metadata.standing));
  if (!success) throw new Error('it holds weights, but is no checkpoint of a run');
  checkFinite(tensors);
  return { ...data, tensors };
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a run's folder has a best checkpoint. */
export async function hasBestCheckpoint(run: string): Promise<boolean> {
  return (await namesOf(run)).includes(bestName);
}

/** Whether the name of a file is that of a checkpoint. */
export function isCheckpointName(name: string): boolean {
  return name === bestName || pattern.test(name);
}

/** Lists the steps of the checkpoints in a run's folder, the last first. */
export async function checkpointSteps(run: string): Promise<number[]> {
  return stepsIn(await namesOf(run));
}

async function namesOf(run: string): Promise<string[]> {
  return readdir(folderOf(run)).catch(() => []);
}

function stepsIn(names: readonly string[]): number[] {
  return names
    .flatMap(name => Number(pattern.exec(name)?.[1] ?? []))
    .filter(step => step > 0)
    .sort((a, b) => b - a);
}
