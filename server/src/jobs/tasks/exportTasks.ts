import path from 'node:path';
import { viewOf } from '../../../../mask/document/segmentationRecord';
import type { ExportResult, ExportSetResult } from '../../../../protocol/exportMessages';
import { MaskSetExport } from '../../engine/formats/exportSet';
import { checkMaskFits } from '../../engine/formats/imageMask';
import { siblingNames, writeDocument } from '../../engine/formats/writeDocument';
import { loadImage } from '../../engine/image/loadImage';
import type { ExportSetTask, ExportTask } from '../jobMessages';
import type { TaskContext } from './taskContext';
import { fromBackup } from '../../../../mask/files/maskFiles';

/** Writes an image's mask in other formats, into the folder of the settings or beside the image. */
export async function exportMask(
  { path: file, mask, formats, settings }: ExportTask,
  { signals, beginWriting }: TaskContext,
): Promise<ExportResult> {
  const { limits, output } = settings;
  const document = fromBackup(mask, limits.megapixels * 1e6);
  const image = await loadImage(file, limits, { view: viewOf(document.state.run, settings.image) });
  checkMaskFits(file, image.picture, document);
  signals.cancel.throwIfAborted();
  beginWriting();
  const folder = path.resolve(path.dirname(file), output.folder);
  const { files, lost, generated } = await writeDocument(image, document, {
    folder,
    formats,
    values: output.values,
    siblings: await siblingNames(file),
    polygonTolerance: output.polygonTolerance,
    signal: signals.cancel,
  });
  return { written: Object.values(files), lost: [...lost], generated: [...generated] };
}

/**
 * Exports saved masks one after the other. If it may not replace earlier exports and there are any, it exports nothing.
 * A cancel ends it after the image in work; files already written stay.
 */
export async function exportSet(
  { images, format, folder, replace, settings }: ExportSetTask,
  { signals, emit, beginWriting }: TaskContext,
): Promise<ExportSetResult> {
  const { values, polygonTolerance } = settings.output;
  const set = new MaskSetExport(images, format, folder, settings, values, polygonTolerance);
  const existing = replace ? [] : await set.existing();
  if (existing.length > 0)
    return { exported: 0, written: [], notes: [], failures: [], generated: [], cancelled: false, existing };
  beginWriting();
  for (let index = 0; index < images.length && !signals.cancel.aborted; index++) {
    await set.add(index);
    emit({ type: 'pictures', done: index + 1 });
    await new Promise(setImmediate); // a cancel is heard between images
  }
  const cancelled = signals.cancel.aborted;
  if (!cancelled) await set.finish();
  const { exported, written, notes, failures, generated } = set;
  return { exported, written, notes, failures, generated, cancelled, existing };
}
