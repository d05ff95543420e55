import { ReadError, readRegularFile } from '../../../../files/regularFile';
import { encodeRegions } from '../../../../mask/files/codec';
import { parseJson } from '../../../../mask/files/json';
import { drawLabels } from '../../../../mask/formats/drawLabels';
import { readLabels } from '../../../../mask/formats/readLabels';
import type { EncodedLabels } from '../../../../protocol/imageMessages';
import type { MaybeInFile } from '../../../../protocol/request';
import { readImageHeader } from '../../engine/image/imageHeader';
import type { ReadLabelsTask } from '../jobMessages';
import { largeToFile } from '../largeResults';
import type { TaskContext } from './taskContext';

/**
 * Reads an image's labels from a file of LabelMe or COCO, and draws them.
 * @throws Error, a clause for people without the file's name; ImageError for an image that cannot be read
 */
export async function readLabelFile(
  { path, file, settings: { limits, image } }: ReadLabelsTask,
  { folder }: Pick<TaskContext, 'folder'>,
): Promise<MaybeInFile<EncodedLabels>> {
  const { width, height } = await readImageHeader(path, limits, image.page);
  const size = { width, height };
  const content = await readRegularFile(file, limits.fileSize * 1e6).catch((error: unknown) => {
    throw error instanceof ReadError ? new Error(error.reason, { cause: error }) : error;
  });
  const labels = readLabels(parseJson(content), path, size);
  const drawn = drawLabels(labels, size);
  return largeToFile({ regions: encodeRegions(drawn.regions), labels: drawn.labels, leftOut: labels.leftOut }, folder);
}
