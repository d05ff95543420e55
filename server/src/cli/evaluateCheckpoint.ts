import path from 'node:path';
import { writeAtomically } from '../../../files/atomic';
import type { Settings } from '../../../protocol/settings';
import { evaluatePhotos } from '../engine/adaptation/evaluatePhotos';
import { counted } from '../engine/common/counted';
import { drawConfusionMatrix } from '../engine/formats/figure/confusionFigure';
import { classScores, rowsOf } from '../engine/metrics/confusion';
import { predictionChanges } from '../engine/segment/segmentFile';
import { classTables } from './evaluateClasses';
import { backendOpener } from '../batch/backendOpener';
import { printOut } from './standardStreams';
import { interruptedStatus, LiveLines, onInterrupt, printable } from './terminal';

/** The arguments of `labelless evaluate --checkpoint`. */
interface CheckpointOptions {
  readonly settings: Settings;
  /** Where to write the confusion matrix as a picture. */
  readonly picture: string | undefined;
  readonly json: boolean;
}

/** `labelless evaluate --checkpoint DIR`: measures a trained network on the labelled photos of its experiment. */
export async function evaluateCheckpoint({ settings, picture, json }: CheckpointOptions): Promise<number> {
  const { adaptation, limits } = settings;
  const interrupt = onInterrupt();
  const lines = new LiveLines(process.stderr);
  try {
    const { step, heldOut, classes, confusion, photos, failed, runs, seconds } = await evaluatePhotos(
      adaptation.checkpoint,
      {
        changes: predictionChanges(adaptation),
        memory: limits.memory,
        openBackend: backendOpener(settings),
        signal: interrupt.signal,
        onPicture: done => {
          lines.show([counted(done, 'photo')]);
        },
        onProblem: line => {
          lines.clear();
          process.stderr.write(`${printable(line)}\n`);
        },
      },
    );
    lines.clear();
    const names = classes.map(({ name }) => name);
    if (picture !== undefined) await writeAtomically(new Map([[picture, await drawConfusionMatrix(names, confusion)]]));
    const measured = counted(photos, heldOut ? 'held-out photo' : 'photo');
    process.stderr.write(
      `labelless: ${path.basename(adaptation.checkpoint)} of step ${step}, ${measured}, ` +
        `${counted(runs, 'prediction')}, ${seconds.toFixed(1)} s\n`,
    );
    const scores = { step, heldOut, photos, predictions: runs, seconds, classes: names, ...classScores(confusion) };
    if (json)
      printOut(`${JSON.stringify({ ...scores, confusion: rowsOf(confusion), missed: [...confusion.missed] })}\n`);
    else printOut(classTables(names, confusion, photos));
    return failed > 0 ? 1 : 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write('labelless: interrupted\n');
    return interruptedStatus;
  } finally {
    lines.clear();
    interrupt.release();
  }
}
