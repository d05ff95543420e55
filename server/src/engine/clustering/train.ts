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
  /**
   * Training ends when a step changes the labels of a smaller share of pixels than this; without it, it does not look.
   */
  readonly settled?: number;
  /** Outputs wanted of an iteration besides loss and labels. */
  readonly fetch: (iteration: number) => readonly string[];
}

/** The share of pixels whose label is another than before. */
function changedShare(labels: Int32Array, before: Int32Array | undefined): number {
  return labels.reduce((sum, label, p) => sum + Number(label !== before?.[p]), 0) / labels.length;
}

/**
 * Runs a program with outputs `loss` and `labels` step by step. Between steps messages get in; `stop` ends it after a
 * step, `cancel` throws an AbortError.
 */
export async function* train(
  session: Session,
  feeds: Readonly<Record<string, TensorValue>>,
  options: TrainingOptions,
  signals: RunSignals,
): AsyncGenerator<TrainingStep, void> {
  let before: Int32Array | undefined;
  for (let iteration = 1; iteration <= options.iterations; iteration++) {
    await setImmediate();
    signals.cancel.throwIfAborted();
    if (signals.stop.aborted) return;
    const outputs = await session.run(feeds, ['loss', 'labels', ...options.fetch(iteration)]);
    const labels = outputs.labels.data as Int32Array;
    const used = new Set(labels).size;
    yield { iteration, loss: outputs.loss.data[0], labels, used, outputs };
    if (used <= options.minimumLabels) return;
    if (options.settled !== undefined && changedShare(labels, before) < options.settled) return;
    before = labels;
  }
}
