import path from 'node:path';
import { checkMaskFits, openSent } from '../../engine/formats/maskFiles';
import { siblingNames, writeDocument } from '../../engine/formats/writeOutputs';
import type { ExportResult } from '../../../../protocol/exportMessages';
import { loadImage } from '../../engine/image/read';
import type { ExportTask } from '../messages';
import type { TaskContext } from './run';

/** Writes an image's mask in other formats, into the folder of the settings or beside the image. */
export async function exportMask(
  { path: file, mask, formats, settings: { limits, output } }: ExportTask,
  { signals, beginWriting }: TaskContext,
): Promise<ExportResult> {
  const document = openSent(mask, limits);
  const image = await loadImage(file, limits);
  checkMaskFits(file, image.picture, document);
  signals.cancel.throwIfAborted();
  beginWriting();
  const folder = path.resolve(path.dirname(file), output.folder);
  const { files, lost, generated } = await writeDocument(image, document, {
    folder,
    formats,
    siblings: await siblingNames(file),
  });
  return { written: Object.values(files), lost: [...lost], generated: [...generated] };
}
