import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { writeAtomically } from '../../../../../files/atomic';
import { ReadError, readRegularFile } from '../../../../../files/regularFile';
import { checkFinite, decodeTensors, encodeTensors } from '../networks/safetensors';
import type { TensorValue } from '../../graph/core/operation';
import { reasonOf } from '../../../../../mask/errors';
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
  /** Training loss over the steps before this checkpoint, and the lowest one of all checkpoints so far. */
  loss: z.number(),
  best: z.number(),
});

export type CheckpointMetadata = z.infer<typeof metadataSchema>;

/** The complete state of training: weights, moments, running averages, and the progress of the run. */
export interface Checkpoint extends CheckpointMetadata {
  readonly tensors: Readonly<Record<string, TensorValue>>;
}

const bestName = 'best.safetensors';
const pattern = /^step-(\d{6,})\.safetensors$/;

/** The largest file that is read: Node reads none of more than 2 GiB. */
const largestCheckpoint = 2 ** 31;

const folderOf = (run: string) => path.join(run, runFolders.checkpoints);
const fileOf = (run: string, step: number) =>
  path.join(folderOf(run), `step-${String(step).padStart(6, '0')}.safetensors`);

/**
 * Writes a checkpoint completely or not at all, also as the best one where its loss is the lowest so far; then deletes
 * all but the last `keep`.
 * @throws WriteError
 */
export async function writeCheckpoint(run: string, { tensors, ...standing }: Checkpoint, keep: number): Promise<void> {
  await makeFolder(folderOf(run));
  const bytes = encodeTensors({
    tensors,
    metadata: { format: 'labelless-checkpoint', standing: JSON.stringify(standing) },
  });
  const write = (file: string) => writeAtomically(new Map([[file, bytes]]), { links: 'replace' });
  await write(fileOf(run, standing.step));
  if (standing.loss <= standing.best) await write(path.join(folderOf(run), bestName));
  for (const step of (await checkpointSteps(run)).slice(keep)) await rm(fileOf(run, step), { force: true });
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

/** Whether the name of a file is that of a checkpoint. */
export function isCheckpointName(name: string): boolean {
  return name === bestName || pattern.test(name);
}

/** Lists the steps of the checkpoints in a run's folder, the last first. */
export async function checkpointSteps(run: string): Promise<number[]> {
  const names = await readdir(folderOf(run)).catch(() => []);
  return names
    .flatMap(name => Number(pattern.exec(name)?.[1] ?? []))
    .filter(step => step > 0)
    .sort((a, b) => b - a);
}
