import { writeAtomically } from '../../../../files/atomic';
import { reasonOf } from '../../../../mask/errors';
import type { FigureResult } from '../../../../protocol/exportMessages';
import type { Settings } from '../../../../protocol/settings';
import { comparisonFigure, segmentByBothMethods } from '../../engine/segment/compareMethods';
import { drawFigure, type Figure } from '../../engine/formats/figure/figure';
import { maskFigure, maskedRow } from '../../engine/formats/figure/maskFigure';
import { checkReplaceable } from '../../engine/formats/replaceable';
import type { FigureTask } from '../jobMessages';
import { segmentServices, type TaskContext } from './taskContext';
import { fromBackup } from '../../../../mask/files/maskFiles';

/** Width of a column in pixels. */
const columnWidth = 480;

/**
 * Draws a figure and writes it. Images that cannot be shown are left out, with a line for the reason.
 * @throws Error when no image can be shown, or the file must not be replaced
 */
export async function drawImages(task: FigureTask, context: TaskContext): Promise<FigureResult> {
  await checkReplaceable('figure', task.output);
  const failures: string[] = [];
  const figure = await (task.methods ? byMethods : byMasks)(task, context, failures);
  if (!figure) throw new Error(failures.join('\n'));
  const png = await drawFigure(figure, columnWidth);
  context.signals.cancel.throwIfAborted();
  context.beginWriting();
  await writeAtomically(new Map([[task.output, png]]));
  return { written: task.output, failures };
}

async function byMasks(
  { images, settings }: FigureTask,
  context: TaskContext,
  failures: string[],
): Promise<Figure | undefined> {
  const rows = await rowsOf(images, context, failures, ({ path, mask }) => {
    if (mask === undefined) throw new Error(`${path}: it has no mask`);
    return maskedRow(path, fromBackup(mask, settings.limits.megapixels * 1e6), settings, columnWidth);
  });
  return rows.length > 0 ? maskFigure(rows) : undefined;
}

async function byMethods(
  { images, settings: given }: FigureTask,
  context: TaskContext,
  failures: string[],
): Promise<Figure | undefined> {
  // Method 1 of a workspace that uses Method 2
  const settings: Settings = given.method === 'adapted' ? { ...given, method: 'clustering' } : given;
  const rows = await rowsOf(images, context, failures, ({ path }) =>
    segmentByBothMethods(path, settings, segmentServices(settings, context.emit), context.signals),
  );
  return rows.length > 0 ? comparisonFigure(rows) : undefined;
}

/** The rows of the images that can be shown. The reasons for the others are added to `failures`. */
async function rowsOf<I, R>(
  images: readonly I[],
  { signals, emit }: TaskContext,
  failures: string[],
  rowOf: (image: I) => Promise<R>,
): Promise<R[]> {
  const rows: R[] = [];
  for (const image of images) {
    signals.cancel.throwIfAborted();
    try {
      rows.push(await rowOf(image));
      emit({ type: 'pictures', done: rows.length });
    } catch (error) {
      signals.cancel.throwIfAborted();
      failures.push(reasonOf(error));
    }
  }
  return rows;
}
