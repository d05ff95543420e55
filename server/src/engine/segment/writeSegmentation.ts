import path from 'node:path';
import { giveUp, keepAside } from '../../../../files/keepAside';
import { outputNames } from '../../../../mask/files/fileNames';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { statusOf } from '../../../../mask/document/statusOf';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import {
  isMadeByHand,
  stateFromSegmentation,
  stateOverLocked,
  type Segmentation,
} from '../../../../mask/document/segmentation';
import { classesOfImage } from '../common/classesOfImage';
import { checkReplaceable } from '../formats/replaceable';
import { writeDocument, type OutputOptions, type WrittenOutputs } from '../formats/writeDocument';
import { withScribbleImage, type ScribbleImage } from '../image/scribbleImage';
import { readPrevious, sidecarOf } from './readPrevious';
import { toSegmentation, type SegmentedImage } from './segmentFile';

/** What was written for a segmented image. */
export interface WrittenSegmentation extends WrittenOutputs {
  /** What became of the earlier mask, a clause each; empty where its labels need no word. */
  readonly notes: readonly string[];
}

export interface SegmentationOptions extends OutputOptions {
  /** Whether a mask of that status may be replaced: it may have another one since the image was chosen. */
  readonly mayReplace?: (status: MaskStatus) => boolean;
}

/**
 * Writes the outputs of a segmented image, either all files completely or none: see `writeAtomically`. Labels that are
 * locked in the mask that is replaced keep their pixels, names and colours. A mask whose labels cannot be taken over,
 * since its sidecar cannot be used or belongs to another picture, is kept beside the new one, and so is one that a
 * person approved, or edited otherwise than by locks.
 * @param scribbles the scribbles that the image was segmented by, if any
 * @throws Error that names the file that could not be written, or that is no output of Labelless and is left alone
 */
export async function writeSegmentation(
  result: SegmentedImage,
  { mayReplace, ...options }: SegmentationOptions,
  scribbles?: ScribbleImage,
): Promise<WrittenSegmentation> {
  const mask = path.join(options.folder, outputNames(path.basename(result.image.file), options.siblings).mask);
  const previous = await readPrevious(mask, result.image);
  const status = previous.document ? statusOf(previous.document.state) : 'none';
  if (mayReplace?.(status) === false && options.formats.includes('mask'))
    throw new Error(`its mask has become ${status} meanwhile, and is left as it is`);
  const over = documentOver(await withFolderClasses(result), previous.document);
  const document = scribbles ? withScribbleImage(over, scribbles, result.segmentation.scribbleClasses) : over;
  const writesMask = options.formats.includes('mask');
  const checked = { ...options, ...(writesMask && previous.check && { check: previous.check }) };
  const reason = previous.unusable ?? (writesMask ? workOf(previous.document) : undefined);
  if (reason === undefined) return { ...(await writeDocument(result.image, document, checked)), notes: [] };
  if (!writesMask) {
    const notes = [`no labels are taken from ${path.basename(mask)}: ${reason}`];
    return { ...(await writeDocument(result.image, document, options)), notes };
  }
  await checkReplaceable('mask', mask);
  await checkReplaceable('sidecar', sidecarOf(mask));
  const kept = await keepAside([mask, sidecarOf(mask)]);
  try {
    const written = await writeDocument(result.image, document, checked);
    return {
      ...written,
      notes: [`the earlier mask is kept as ${kept.map(nameOf).join(' and ')}: ${reason}`],
    };
  } catch (error) {
    await giveUp(kept);
    throw error;
  }
}

/** Returns what of a person's work on a mask would be lost when it is replaced, a clause; undefined for nothing. */
function workOf(previous: MaskDocument | undefined): string | undefined {
  if (!previous || previous.view().labels.length === 0) return undefined;
  const status = statusOf(previous.state);
  if (status === 'approved') return 'it was approved';
  return status !== 'proposed' && isMadeByHand(previous.state) ? 'it was edited by hand' : undefined;
}

/** Converts a segmented image, with the classes of its folder where the network that segmented it has classes. */
async function withFolderClasses(result: SegmentedImage): Promise<Segmentation> {
  const segmentation = toSegmentation(result);
  const found = segmentation.run?.classes && (await classesOfImage(result.image.file));
  return found && 'list' in found ? { ...segmentation, folderClasses: found.list } : segmentation;
}

/** Makes the mask of a segmentation, with the locked labels of the mask before over it. */
function documentOver(segmentation: Segmentation, previous: MaskDocument | undefined): MaskDocument {
  return new MaskDocument(previous ? stateOverLocked(previous, segmentation) : stateFromSegmentation(segmentation));
}

function nameOf(file: string): string {
  return path.basename(file);
}
