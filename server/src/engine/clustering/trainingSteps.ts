import { setImmediate } from 'node:timers/promises';
import type { Settings } from '../../../../protocol/settings';
import type { Backend, Session } from '../backend/session';
import type { StopSignals, MethodRun } from '../common/methodRun';
import type { Picture } from '../image/picture';
import type { TensorValue } from '../graph/core/operation';

/** A training step that is done; `loss` and `labels` are those of the weights before it. */
export interface TrainingStep {
  /** The number of the step, from 1. */
  readonly iteration: number;
  readonly loss: number;
  /** The label of each pixel. */
  readonly labels: Int32Array;
  /** Number of different values in `labels`. */
  readonly used: number;
  readonly outputs: Readonly<Record<string, TensorValue>>;
}

/** When training ends, and what is read of each step. */
export interface TrainingOptions {
  readonly iterations: number;
  /** Training ends when no more labels than this are in use. */
  readonly minimumLabels: number;
  /**
   * Training ends when a step changes the labels of a smaller share of pixels than this; never, where it is left out.
   */
  readonly settled?: number;
  /** Names the outputs to read of an iteration besides loss and labels. */
  readonly fetch: (iteration: number) => readonly string[];
}

/** The share of pixels whose label has changed. */
function changedShare(labels: Int32Array, before: Int32Array | undefined): number {
  return labels.reduce((sum, label, p) => sum + Number(label !== before?.[p]), 0) / labels.length;
}

/**
 * Runs a program with outputs `loss` and `labels` step by step. Between steps the process handles its messages; `stop`
 * ends training after a step, `cancel` throws an AbortError.
 */
export async function* train(
  session: Session,
  feeds: Readonly<Record<string, TensorValue>>,
  options: TrainingOptions,
  signals: StopSignals,
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
 * Decides when the next preview is due: several a second at most, and so that previews take no more than a twentieth of
 * the time.
 */
export class PreviewClock {
  private last = performance.now();
  private interval = shortestInterval;

  due(): boolean {
    return performance.now() - this.last >= this.interval;
  }

  /** Makes a preview and measures the time that it takes. */
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
  signals: StopSignals,
) => MethodRun;
