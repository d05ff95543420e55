import path from 'node:path';
import { outputNames } from '../../../../mask/files/fileNames';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { stateFromSegmentation, stateOverLocked, type Segmentation } from '../../../../mask/document/segmentation';
import { openMaskIfReadable } from '../formats/imageMask';
import { writeDocument, type OutputOptions, type WrittenOutputs } from '../formats/writeDocument';
import { withScribbleImage, type ScribbleImage } from '../image/scribbleImage';
import { toSegmentation, type SegmentedImage } from './segmentFile';

/**
 * Writes the outputs of a segmented image, either all files completely or none: see `writeAtomically`. Labels that are
 * locked in the mask that is replaced keep their pixels, names and colours.
 * @param scribbles the scribbles that the image was segmented by, if any
 * @throws Error that names the file that could not be written, or that is no output of Labelless and is left alone
 */
export async function writeSegmentation(
  result: SegmentedImage,
  options: OutputOptions,
  scribbles?: ScribbleImage,
): Promise<WrittenOutputs> {
  const { mask } = outputNames(path.basename(result.image.file), options.siblings);
  const document = await documentOver(toSegmentation(result), path.join(options.folder, mask));
  return writeDocument(
    result.image,
    scribbles ? withScribbleImage(document, scribbles, result.segmentation.scribbleClasses) : document,
    options,
  );
}

/**
 * Makes the mask of a segmentation. Labels that are locked in the mask that it replaces keep their pixels, names and
 * colours.
 */
async function documentOver(segmentation: Segmentation, previousMask: string): Promise<MaskDocument> {
  const previous = await openMaskIfReadable(previousMask);
  const { width, height } = segmentation.regions;
  const fits = previous?.width === width && previous.height === height;
  return new MaskDocument(fits ? stateOverLocked(previous, segmentation) : stateFromSegmentation(segmentation));
}
