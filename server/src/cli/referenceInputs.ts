import path from 'node:path';
import { outputNames } from '../../../mask/files/fileNames';
import { siblingNames } from '../engine/formats/writeDocument';
import type { ReferenceImage } from '../engine/segment/referenceImages';
import { findInputs } from './inputImages';
import type { RequestOptions } from './requestOptions';
import { failureLine } from './segmentReport';

interface ReferencePlaces extends Pick<RequestOptions, 'references'> {
  /** The folder that masks are written into; undefined: beside each image. */
  readonly output: string | undefined;
  readonly recursive: boolean;
}

/**
 * Finds the images that `--reference` names, and where their masks may be. @throws Error when one cannot be used, since
 * labels would then have other meanings
 */
export async function findReferences({ references, output, recursive }: ReferencePlaces): Promise<ReferenceImage[]> {
  const { images, failures } = await findInputs({ inputs: references, output, recursive });
  if (failures[0]) throw new Error(failureLine(failures[0]));
  return Promise.all(
    images.map(async ({ file, output: folder }) => {
      const { mask } = outputNames(path.basename(file), await siblingNames(file));
      return { file, masks: [...new Set([folder, path.dirname(file)].map(at => path.resolve(at, mask)))] };
    }),
  );
}
