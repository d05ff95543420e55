import { setImmediate } from 'node:timers/promises';
import type { Session, TensorValue } from '../backend/session';
import type { RunSignals } from '../segmentation';

/** One step done. `loss` and `labels` are those of the weights before the step. */
export interface TrainingStep {
  /** From 1. */
  readonly iteration: number;
  readonly loss: number;
  /** By pixel. */
  readonly labels: Int32Array;
  /** Different values in `labels`. */
  readonly used: number;
  readonly outputs: Readonly<Record<string, TensorValue>>;
}

export interface TrainingOptions {
  readonly iterations: number;
  /** Training ends when no more labels than this are in use. */
  readonly minimumLabels: number;
  /** Outputs wanted of an iteration besides loss and labels. */
  readonly fetch: (iteration: number) => readonly string[];
}

export function countLabels(labels: Int32Array): number {
  return new Set(labels).size;
}

/**
 * Runs a program with outputs `loss` and `labels` step by step. Between steps messages get in; `stop` ends it after a step,
 * `cancel` throws an AbortError.
 */
export async function* train(
  session: Session, feeds: Readonly<Record<string, TensorValue>>, options: TrainingOptions, signals: RunSignals,
): AsyncGenerator<TrainingStep, void> {
  for (let iteration = 1; iteration <= options.iterations; iteration++) {
    await setImmediate();
    signals.cancel.throwIfAborted();
    if (signals.stop.aborted) return;
    const outputs = await session.run(feeds, ['loss', 'labels', ...options.fetch(iteration)]);
    const labels = outputs.labels.data as Int32Array;
    const used = countLabels(labels);
    yield { iteration, loss: outputs.loss.data[0], labels, used, outputs };
    if (used <= options.minimumLabels) return;
  }
}
