import path from 'node:path';
import { giveUp, keepAside } from '../../../../files/keepAside';
import { outputNames } from '../../../../mask/files/fileNames';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromSegmentation, stateOverLocked, type Segmentation } from '../../../../mask/document/segmentation';
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

/**
 * Writes the outputs of a segmented image, either all files completely or none: see `writeAtomically`. Labels that are
 * locked in the mask that is replaced keep their pixels, names and colours. A mask whose labels cannot be taken over,
 * since its sidecar cannot be used or belongs to another picture, is kept beside the new one.
 * @param scribbles the scribbles that the image was segmented by, if any
 * @throws Error that names the file that could not be written, or that is no output of Labelless and is left alone
 */
export async function writeSegmentation(
  result: SegmentedImage,
  options: OutputOptions,
  scribbles?: ScribbleImage,
): Promise<WrittenSegmentation> {
  const mask = path.join(options.folder, outputNames(path.basename(result.image.file), options.siblings).mask);
  const previous = await readPrevious(mask, result.image);
  const over = documentOver(toSegmentation(result), previous.document);
  const document = scribbles ? withScribbleImage(over, scribbles, result.segmentation.scribbleClasses) : over;
  if (previous.unusable === undefined) return { ...(await writeDocument(result.image, document, options)), notes: [] };
  if (!options.formats.includes('mask')) {
    const notes = [`no labels are taken from ${path.basename(mask)}: ${previous.unusable}`];
    return { ...(await writeDocument(result.image, document, options)), notes };
  }
  await checkReplaceable('mask', mask);
  await checkReplaceable('sidecar', sidecarOf(mask));
  const kept = await keepAside([mask, sidecarOf(mask)]);
  try {
    const written = await writeDocument(result.image, document, options);
    return {
      ...written,
      notes: [`the earlier mask is kept as ${kept.map(nameOf).join(' and ')}: ${previous.unusable}`],
    };
  } catch (error) {
    await giveUp(kept);
    throw error;
  }
}

/** Makes the mask of a segmentation, with the locked labels of the mask before over it. */
function documentOver(segmentation: Segmentation, previous: MaskDocument | undefined): MaskDocument {
  return new MaskDocument(previous ? stateOverLocked(previous, segmentation) : stateFromSegmentation(segmentation));
}

function nameOf(file: string): string {
  return path.basename(file);
}
