import type { ExportSetResult } from '../../../../protocol/exportMessages';
import { SetExport } from '../../engine/formats/exportSet';
import type { ExportSetTask } from '../messages';
import type { TaskContext } from './run';

/**
 * Exports saved masks one after the other; unless it may replace earlier exports, nothing where it would. A cancel ends
 * it behind the image in work; what is written by then stays.
 */
export async function exportSet(
  { images, format, folder, replace, settings: { limits } }: ExportSetTask,
  { signals, emit, beginWriting }: TaskContext,
): Promise<ExportSetResult> {
  const set = new SetExport(images, format, folder, limits);
  const existing = replace ? [] : await set.existing();
  if (existing.length > 0)
    return { exported: 0, written: [], notes: [], failures: [], generated: [], cancelled: false, existing };
  beginWriting();
  for (let index = 0; index < images.length && !signals.cancel.aborted; index++) {
    await set.add(index);
    emit({ type: 'measured', pictures: index + 1 });
    await new Promise(setImmediate); // a cancel is heard between images
  }
  const cancelled = signals.cancel.aborted;
  if (!cancelled) await set.finish();
  const { exported, written, notes, failures, generated } = set;
  return { exported, written, notes, failures, generated, cancelled, existing };
}
