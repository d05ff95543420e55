import path from 'node:path';
import { writeAtomically } from '../../../../files/atomic';
import { reasonOf } from '../../../../mask/errors';
import { readSidecar } from '../../../../mask/files/sidecar';
import type { UndoneRound } from '../../../../protocol/learningMessages';
import { imageFiles, type ImageFiles } from '../session/imageFiles';
import { checkUnchanged, readMaskPair, removeMask, type MaskPair } from '../session/maskPair';
import { listRounds, type LearningRound } from './learningRounds';
import { ReplacedMasks } from './replacedMasks';

/**
 * Gives the images of a folder the masks back that they had before the last round, where nobody has touched the round's
 * proposals. The network stays. What could not be given back is tried again by the next undo.
 * @param maskFolder the folder of the mask of an image, given by its path from the folder
 * @throws Error where there is no round to undo
 */
export async function undoRound(folder: string, maskFolder: (relative: string) => string): Promise<UndoneRound> {
  const found = await lastProposed(folder);
  if (!found) throw new Error(`there is no round to undo in ${folder}: no proposals of one are known`);
  const { round, replaced, images } = found;
  const filesOf = imageFiles(folder, maskFolder);
  const [restored, left, failures]: [string[], string[], string[]] = [[], [], []];
  for (const image of images) {
    try {
      const isRestored = await restore(filesOf(image), round, (await replaced.read(image)).before);
      (isRestored ? restored : left).push(image);
      await replaced.forget(image);
    } catch (error) {
      failures.push(`${image}: ${reasonOf(error)}`);
    }
  }
  return { number: round.number, restored, left, failures };
}

async function lastProposed(folder: string) {
  for (const round of await listRounds(folder)) {
    const replaced = new ReplacedMasks(round.replaced);
    const images = await replaced.images();
    if (images.length > 0) return { round, replaced, images };
  }
  return undefined;
}

/** Gives an image its earlier mask. @returns false where its mask is no proposal of the round any more */
async function restore(files: ImageFiles, round: LearningRound, before: MaskPair): Promise<boolean> {
  const now = await readMaskPair(files);
  if (!isProposalOf(round, now)) return false;
  if (!before.png && !before.sidecar) {
    await removeMask(files, now);
    return true;
  }
  const contents = new Map<string, Uint8Array>();
  if (before.png) contents.set(files.mask, before.png);
  if (before.sidecar) contents.set(files.sidecar, before.sidecar);
  await writeAtomically(contents, { check: checkUnchanged(files, now) });
  return true;
}

/** Whether a mask is as the network of a round proposed it. */
function isProposalOf({ run }: LearningRound, { sidecar }: MaskPair): boolean {
  const read = readSidecar(sidecar ?? '');
  if ('ignored' in read) return false;
  const { status, run: record } = read.sidecar;
  return status === 'proposed' && record?.model === path.basename(run);
}
