import path from 'node:path';
import { writeAtomically } from '../../../../files/atomic';
import { reasonOf } from '../../../../mask/errors';
import { readSidecar } from '../../../../mask/files/sidecar';
import type { UndoneRound } from '../../../../protocol/learningMessages';
import { imageFiles, type ImageFiles } from '../session/imageFiles';
import { listAllImages } from '../session/listImages';
import { checkUnchanged, readMaskPair, removeMask, type MaskPair } from '../session/maskPair';
import { StatusReader } from '../session/statusReader';
import { listRounds, type LearningRound } from './learningRounds';
import { ReplacedMasks } from './replacedMasks';

/**
 * Gives the images of a folder the masks back that they had before the last round, where nobody has touched the round's
 * proposals. One that an editor took over and saved unchanged is removed: its image has a first mask again when it is
 * opened. The network stays. What could not be given back is tried again by the next undo.
 * @param maskFolder the folder of the mask of an image, given by its path from the folder
 * @throws Error where there is no round to undo
 */
export async function undoRound(folder: string, maskFolder: (relative: string) => string): Promise<UndoneRound> {
  const filesOf = imageFiles(folder, maskFolder);
  const found = await lastProposed(folder, await proposingModels(folder, maskFolder, filesOf));
  if (!found) throw new Error(`there is no round to undo in ${folder}: no proposals of one are known`);
  const { round, replaced, kept, images } = found;
  const [restored, left, failures]: [string[], string[], string[]] = [[], [], []];
  for (const image of images) {
    try {
      const before = kept.has(image) ? (await replaced.read(image)).before : nothing;
      const isRestored = await restore(filesOf(image), round, before);
      (isRestored ? restored : left).push(image);
      await replaced.forget(image);
    } catch (error) {
      failures.push(`${image}: ${reasonOf(error)}`);
    }
  }
  return { number: round.number, restored, left, failures };
}

const nothing: MaskPair = { png: undefined, sidecar: undefined };

/** Finds the last round that has proposals: its images, and those whose earlier masks were kept. */
async function lastProposed(folder: string, models: ReadonlyMap<string, string>) {
  for (const round of await listRounds(folder)) {
    const replaced = new ReplacedMasks(round.replaced);
    const kept = new Set(await replaced.images());
    const own = [...models].flatMap(([image, model]) => (model === nameOf(round) ? [image] : []));
    const images = [...new Set([...kept, ...own])].sort();
    if (images.length > 0) return { round, replaced, kept, images };
  }
  return undefined;
}

/** By image with an untouched proposal of a network: the name of that network. */
async function proposingModels(
  folder: string,
  maskFolder: (relative: string) => string,
  filesOf: (relative: string) => ImageFiles,
): Promise<Map<string, string>> {
  const models = new Map<string, string>();
  const { images } = await listAllImages(folder, new StatusReader(), { recursive: false, maskFolder });
  for (const { path: image, status } of images) {
    const model = status === 'proposed' ? modelOf(await readMaskPair(filesOf(image))) : undefined;
    if (model !== undefined) models.set(image, model);
  }
  return models;
}

/** Gives an image its earlier mask. @returns false where its mask is no proposal of the round any more */
async function restore(files: ImageFiles, round: LearningRound, before: MaskPair): Promise<boolean> {
  const now = await readMaskPair(files);
  if (modelOf(now) !== nameOf(round)) return false;
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

/** The network that proposed a mask which nobody has touched since; undefined for any other mask. */
function modelOf({ sidecar }: MaskPair): string | undefined {
  const read = readSidecar(sidecar ?? '');
  if ('ignored' in read || read.sidecar.status !== 'proposed') return undefined;
  return read.sidecar.run?.model;
}

/** The name of a round's network, as masks have it. */
function nameOf({ run }: LearningRound): string {
  return path.basename(run);
}
