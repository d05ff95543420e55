import path from 'node:path';
import { fromBackup } from '../../../../mask/files';
import type { ExportResult } from '../../../../protocol/server';
import { siblingNames, writeDocument } from '../../engine/formats/write';
import { ImageError } from '../../engine/image/error';
import { loadImage } from '../../engine/image/read';
import type { ExportTask } from '../messages';
import type { TaskContext } from './run';

/** Writes an image's mask in other formats, into the folder of the settings or beside the image. */
export async function exportMask({ path: file, mask, formats, settings: { limits, output } }: ExportTask, { signals, beginWriting }: TaskContext): Promise<ExportResult> {
  const document = fromBackup(Buffer.from(mask, 'utf8'), limits.megapixels * 1e6);
  const image = await loadImage(file, limits);
  const { width, height } = image.picture;
  if (document.width !== width || document.height !== height) {
    throw new ImageError(file, `it has ${width}×${height} pixels, its mask ${document.width}×${document.height}; segment it again`);
  }
  signals.cancel.throwIfAborted();
  beginWriting();
  const folder = path.resolve(path.dirname(file), output.folder);
  const { files, lost } = await writeDocument(image, document, { folder, formats, siblings: await siblingNames(file) });
  return { written: Object.values(files), lost: [...lost] };
}
