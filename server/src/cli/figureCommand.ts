import path from 'node:path';
import { writeAtomically } from '../../../files/atomic';
import type { Settings } from '../../../protocol/settings';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { comparisonFigure, segmentByBothMethods, type MethodComparison } from '../engine/segment/compareMethods';
import { drawFigure } from '../engine/formats/figure/figure';
import { checkReplaceable } from '../engine/formats/replaceable';
import { backendOpener } from '../batch/backendOpener';
import { failureOf } from '../batch/imageInput';
import { failureLine } from './segmentReport';
import { interruptedStatus, onInterrupt, printable } from './terminal';
import { printOut } from './standardStreams';

/** The arguments of `labelless figure`. */
interface FigureOptions {
  readonly images: readonly string[];
  /** The PNG file to write. */
  readonly output: string;
  /** The width of a column in pixels. */
  readonly width: number;
  readonly settings: Settings;
}

/** `labelless figure`: draws the results of both methods side by side. */
export async function drawComparison({ images, output, width, settings }: FigureOptions): Promise<number> {
  await checkReplaceable('figure', output);
  const interrupt = onInterrupt();
  const services = { openBackend: backendOpener(settings), models: new ModelCache() };
  const signals = { stop: new AbortController().signal, cancel: interrupt.signal };
  const rows: MethodComparison[] = [];
  try {
    for (const name of images) {
      const file = path.resolve(name);
      try {
        rows.push(await segmentByBothMethods(file, settings, services, signals));
      } catch (error) {
        interrupt.signal.throwIfAborted();
        process.stderr.write(`${failureLine(failureOf({ file, name }, error))}\n`);
      }
    }
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted; no figure is written\n');
    return interruptedStatus;
  } finally {
    await services.models.dispose();
    interrupt.release();
  }
  if (rows.length === 0) return 1;
  await writeAtomically(new Map([[output, await drawFigure(comparisonFigure(rows), width)]]));
  printOut(`${printable(output)}\n`);
  return rows.length < images.length ? 1 : 0;
}
