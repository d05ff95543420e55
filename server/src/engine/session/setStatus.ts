import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { version } from '../../../../package.json';
import { writeAtomically } from '../../../../files/atomic';
import { hashRegularFile, ReadError } from '../../../../files/regularFile';
import { ChangedError } from '../../../../files/unchanged';
import { writing } from '../../../../files/writeError';
import { sha256 } from '../../../../files/sha256';
import type { MaskStatus, SavedStatus } from '../../../../mask/document/maskStatus';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { emptyState } from '../../../../mask/document/maskState';
import { reasonOf } from '../../../../mask/errors';
import { encodeMask } from '../../../../mask/files/maskFiles';
import { summarizeSidecar, withSidecarStatus } from '../../../../mask/files/sidecarSummary';
import type { SetStatusParams, SetStatusResult } from '../../../../protocol/sessionMessages';
import { ImageError } from '../image/imageError';
import { readImageHeader, type ImageLimits } from '../image/imageHeader';
import { imageFiles, type ImageFiles } from './imageFiles';
import { isInside, type ListOptions } from './listImages';
import { checkUnchanged, readMaskPair, removeMask, type MaskPair } from './maskPair';
import type { StatusReader } from './statusReader';

interface SetStatusContext extends Pick<ListOptions, 'maskFolder' | 'cancel'> {
  readonly reader: StatusReader;
  readonly limits: ImageLimits;
}

/** An image's status is not changed; the message is a clause for people. */
class Refusal extends Error {}

const changedMeanwhile = 'its files have been changed meanwhile; look at it again';

/**
 * Sets the status of masks of a folder's images, each for itself: an image that cannot have it stays as it is, and so
 * does one whose files somebody else changes meanwhile. A mask and its sidecar are never one without the other.
 */
export async function setStatus(
  folder: string,
  images: SetStatusParams['images'],
  status: MaskStatus,
  context: SetStatusContext,
): Promise<SetStatusResult> {
  const result: SetStatusResult = { images: [], refused: [] };
  const filesOf = imageFiles(folder, context.maskFolder);
  for (const { path: relative, stamp } of images) {
    if (context.cancel?.aborted) break;
    try {
      if (!isInside(relative)) throw new Refusal('it is no image of this folder');
      const found = filesOf(relative);
      await setOne(found, status, stamp, context);
      const now = await context.reader.read(found);
      if (now) result.images.push({ path: relative, ...now });
    } catch (error) {
      result.refused.push({ path: relative, reason: reasonFor(error) });
    }
  }
  return result;
}

function reasonFor(error: unknown): string {
  if (error instanceof ImageError) return error.reason;
  if (error instanceof ChangedError) return changedMeanwhile;
  if (error instanceof ReadError) return `${path.basename(error.file)} cannot be read: ${error.reason}`;
  return reasonOf(error);
}

async function setOne(
  files: ImageFiles,
  status: MaskStatus,
  stamp: string | undefined,
  { reader, limits }: SetStatusContext,
): Promise<void> {
  const before = await readMaskPair(files);
  const now = await reader.read(files);
  if (!now) throw new Refusal('there is no such image any more');
  if (stamp !== undefined && now.stamp !== stamp) throw new Refusal(changedMeanwhile);
  if (!before.png?.length && !before.sidecar?.length) {
    if (status === 'skipped') await writeEmptyMask(files, before, limits);
    else if (status !== 'none') throw new Refusal('it has no mask yet; segment it first');
    return;
  }
  if (status === 'none' && !before.png?.length && isEmpty(before)) return removeMask(files, before);
  const { png, sidecar } = checkedPair(before);
  const summary = summarizeSidecar(sidecar);
  if ('ignored' in summary) throw new Refusal(`its sidecar cannot be used: ${summary.ignored}`);
  if (sha256(png) !== summary.mask) throw new Refusal('its mask was changed since its sidecar was written');
  if ((await hashRegularFile(files.image)) !== summary.image)
    throw new Refusal('its mask was made of another picture, or of this one before it was changed');
  if (status === summary.status) return;
  if (status !== 'none') return writeStatus(files, before, status);
  if (summary.overview.labels > 0) throw new Refusal('its mask has labels, and they would be lost');
  await removeMask(files, before);
}

function checkedPair({ png, sidecar }: MaskPair) {
  if (!png?.length) throw new Refusal('its mask file is gone');
  if (!sidecar?.length) throw new Refusal('its mask has no sidecar; open it in the mask editor and save it');
  return { png, sidecar };
}

/** Whether a sidecar is of a mask without labels. */
function isEmpty({ sidecar }: MaskPair): boolean {
  const summary = summarizeSidecar(sidecar ?? '');
  return !('ignored' in summary) && summary.overview.labels === 0;
}

async function writeStatus(files: ImageFiles, before: MaskPair, status: SavedStatus): Promise<void> {
  const text = withSidecarStatus(before.sidecar!, status);
  await writeAtomically(new Map([[files.sidecar, text]]), { check: checkUnchanged(files, before) });
}

/** Writes a mask without labels for an image that is skipped, so that its status has a place. */
async function writeEmptyMask(files: ImageFiles, before: MaskPair, limits: ImageLimits): Promise<void> {
  const { width, height } = await readImageHeader(files.image, limits);
  const document = new MaskDocument({ ...emptyState(width, height), status: 'skipped' });
  const image = { name: path.basename(files.image), sha256: await hashRegularFile(files.image) };
  const { png, sidecar } = encodeMask(document, { image, version, sha256 });
  const folder = path.dirname(files.mask);
  await writing(folder, () => mkdir(folder, { recursive: true }));
  const contents = new Map<string, Uint8Array | string>([
    [files.mask, png],
    [files.sidecar, sidecar],
  ]);
  await writeAtomically(contents, { check: checkUnchanged(files, before) });
}
