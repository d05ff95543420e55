import { rm } from 'node:fs/promises';
import path from 'node:path';
import { withJournalLock } from '../../../../files/leftovers';
import { readTogether } from '../../../../files/together';
import { unchangedCheck } from '../../../../files/unchanged';
import { writing } from '../../../../files/writeError';
import type { ImageFiles } from './imageFiles';

/** The largest mask or sidecar in bytes that is read. */
const largestFile = 1e9;

/** The contents of a mask and of its sidecar; undefined for a file that does not exist. */
export interface MaskPair {
  readonly png: Buffer | undefined;
  readonly sidecar: Buffer | undefined;
}

/** Reads a mask and its sidecar as they were written together. @throws ReadError */
export async function readMaskPair({ mask, sidecar }: ImageFiles): Promise<MaskPair> {
  const [png, text] = await readTogether([mask, sidecar], largestFile);
  return { png, sidecar: text };
}

/** Makes a check for `writeAtomically`: whether a mask and its sidecar are still as they were read. */
export function checkUnchanged({ mask, sidecar }: ImageFiles, before: MaskPair): () => Promise<void> {
  const files = new Map([
    [mask, before.png],
    [sidecar, before.sidecar],
  ]);
  return unchangedCheck(files, largestFile);
}

/**
 * Takes a mask away. The mask goes before its sidecar: were this process ended in between, the sidecar alone would tell
 * that there is no mask.
 * @throws ChangedError where the files are not as they were read; WriteError
 */
export async function removeMask(files: ImageFiles, before: MaskPair): Promise<void> {
  await withJournalLock(path.dirname(files.mask), async () => {
    await checkUnchanged(files, before)();
    await writing(files.mask, () => rm(files.mask, { force: true }));
    await writing(files.sidecar, () => rm(files.sidecar));
  });
}
