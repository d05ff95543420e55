import { setImmediate } from 'node:timers/promises';
import type { Settings } from '../../../../protocol/settings';
import type { Backend, Session } from '../backend/session';
import type { RunSignals, SegmentationRun } from '../common/segmentationRun';
import type { Picture } from '../image/picture';
import type { TensorValue } from '../graph/core/operation';

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

/** Share of the time that building previews may cost. */
const share = 0.05;
const shortestInterval = 250; // ms

/**
 * Says when the next preview is due: several a second at most, and never more than a twentieth of the time spent on
 * them.
 */
export class PreviewClock {
  private last = performance.now();
  private interval = shortestInterval;

  due(): boolean {
    return performance.now() - this.last >= this.interval;
  }

  /** Makes a preview and takes its time. */
  time<T>(make: () => T): T {
    const start = performance.now();
    const made = make();
    this.last = performance.now();
    this.interval = Math.max(shortestInterval, (this.last - start) / share);
    return made;
  }
}

/** A method segments a picture of bounded size; its result's regions have that size. */
export type Method = (
  picture: Picture,
  settings: Settings,
  openBackend: () => Promise<Backend>,
  signals: RunSignals,
) => SegmentationRun;
