import { setImmediate } from 'node:timers/promises';
import type { Experiment } from '../../experiment/experimentSchema';
import { writeBestCheckpoint, writeCheckpoint, type Checkpoint } from '../run/checkpoint';
import type { TrainingSignals } from '../run/runControl';
import { appendLog, readLog } from '../run/runLog';
import { writeRunState } from '../run/runState';
import { learningRateAt } from './trainingPhase';
import type { Trainer } from './trainer';
import type { TrainingEvaluation, TrainingEvaluator } from './trainingEvaluator';
import type { TrainingPoint } from '../../../../../protocol/trainingPoint';

/** A training step's additions to the run: its log point where one was due, and the previews just written. */
export interface StepReport {
  readonly step: number;
  readonly point?: TrainingPoint;
  readonly previews: readonly string[];
}

/** The number of steps from one point of the log to the next. */
const pointEvery = 10;

/** Runs the remaining steps of a training run and yields a report of each. Returns whether all were completed. */
export class TrainingLoop {
  private pending = noLosses;
  private sinceCheckpoint = noLosses;
  /** The training loss before the last checkpoint, and the lowest of those before all checkpoints. */
  private loss = Infinity;
  private lowestLoss = Infinity;
  /** The highest mean IoU on held-out pictures. */
  private highestScore = -Infinity;
  private saved = 0;
  private secondsSince = { seconds: 0, steps: 0 };
  /** The start of the period that the next point measures; pauses move it on. */
  private since = performance.now();

  /** The last step that was trained. */
  private trained: number;

  constructor(
    private readonly experiment: Experiment,
    private readonly folder: string,
    private readonly trainer: Trainer,
    private readonly evaluator: TrainingEvaluator,
    from: Checkpoint | undefined,
  ) {
    if (from) {
      const { pending, loss, best, step, interval = noLosses } = from;
      [this.pending, this.loss, this.saved, this.sinceCheckpoint] = [pending, loss, step, interval];
      // Where there was no regular checkpoint yet, the first one is to be the best, as if the run had not stopped.
      this.lowestLoss = interval.count === step ? Infinity : best;
    }
    this.trained = this.saved;
  }

  /**
   * Trains the first step of a run that has no checkpoint, which shows that its data can be read and that memory
   * suffices. Nothing is written yet.
   */
  async prepare({ cancel, stop }: TrainingSignals): Promise<void> {
    if (this.saved > 0) return;
    cancel.throwIfAborted();
    stop.throwIfAborted();
    await this.train(1);
  }

  async *run(signals: TrainingSignals): AsyncGenerator<StepReport, 'finished' | 'stopped'> {
    const { steps } = this.experiment.training;
    if (this.saved > 0 && (await this.lacksPoint())) yield await this.report(this.saved);
    for (let step = this.saved + 1; step <= steps; step++) {
      await this.wait(signals);
      if (signals.stop.aborted) {
        if (step - 1 > this.saved) await this.save(step - 1);
        return 'stopped';
      }
      if (step > this.trained) await this.train(step);
      yield await this.report(step);
    }
    return 'finished';
  }

  /** Lets messages be received, and holds a paused run. */
  private async wait({ cancel, stop, pause }: TrainingSignals): Promise<void> {
    await setImmediate();
    cancel.throwIfAborted();
    const held = pause?.();
    if (held && !stop.aborted) {
      const start = performance.now();
      await writeRunState(this.folder, 'paused');
      await Promise.race([held, aborted(stop), aborted(cancel)]);
      cancel.throwIfAborted();
      await writeRunState(this.folder, 'running');
      this.since += performance.now() - start;
    }
  }

  private async train(step: number): Promise<void> {
    const start = performance.now();
    const losses = await this.trainer.step(step);
    this.pending = addLosses(this.pending, losses);
    this.sinceCheckpoint = addLosses(this.sinceCheckpoint, losses);
    const { seconds, steps } = this.secondsSince;
    this.secondsSince = { seconds: seconds + (performance.now() - start) / 1000, steps: steps + 1 };
    this.trained = step;
  }

  /**
   * Reads what the log has up to the checkpoint that the run resumes from. Returns whether that step's point is not in
   * it: the checkpoint is written first, so that nothing that the point needs can cost what was learned.
   */
  private async lacksPoint(): Promise<boolean> {
    const points = await readLog(this.folder, this.saved);
    for (const { heldOut } of points) this.highestScore = Math.max(this.highestScore, heldOut?.mIoU ?? -Infinity);
    if (points.at(-1)?.step === this.saved) this.pending = noLosses;
    return this.pending.count > 0 && (this.isEvaluated(this.saved) || this.isDue(this.saved, pointEvery));
  }

  private isDue(step: number, every: number): boolean {
    return step === this.experiment.training.steps || step % every === 0;
  }

  private isEvaluated(step: number): boolean {
    const { evaluation, output } = this.experiment;
    return this.isDue(step, evaluation?.every ?? output.checkpointEvery);
  }

  /** Saves, measures and logs what is due. */
  private async report(step: number): Promise<StepReport> {
    if (step > this.saved && this.isRegular(step)) await this.save(step);
    const evaluated = this.isEvaluated(step);
    const seen = evaluated ? await this.evaluate(step) : undefined;
    const point = evaluated || this.isDue(step, pointEvery) ? await this.log(step, seen) : undefined;
    return { step, ...(point && { point }), previews: seen?.previews ?? [] };
  }

  /** Evaluates the network, and keeps it where none before scored higher on held-out pictures. */
  private async evaluate(step: number): Promise<TrainingEvaluation> {
    const state = await this.trainer.state(step);
    const seen = await this.evaluator.evaluate(state.tensors, step);
    const score = seen.heldOut?.mIoU;
    if (score !== undefined && score >= this.highestScore) {
      await writeBestCheckpoint(this.folder, { ...this.standing(step), ...state, heldOut: score });
      this.highestScore = score;
    }
    return seen;
  }

  private async log(step: number, seen: TrainingEvaluation | undefined): Promise<TrainingPoint> {
    const { steps } = this.experiment.training;
    const now = performance.now();
    const { seconds, steps: timed } = this.secondsSince;
    const point: TrainingPoint = {
      step,
      steps,
      losses: meanLosses(this.pending),
      learningRate: learningRateAt(this.experiment, step),
      secondsPerStep: seconds / Math.max(1, timed),
      seconds: (now - this.since) / 1000,
      ...(seen?.evaluation && { evaluation: seen.evaluation }),
      ...(seen?.heldOut && { heldOut: seen.heldOut }),
    };
    [this.pending, this.secondsSince, this.since] = [noLosses, { seconds: 0, steps: 0 }, now];
    await appendLog(this.folder, point);
    return point;
  }

  private async save(step: number): Promise<void> {
    const checkpoint = { ...this.standing(step), ...(await this.trainer.state(step)) };
    const { loss, best } = checkpoint;
    await writeCheckpoint(this.folder, checkpoint, this.experiment.output.keep);
    const isBest = this.isRegular(step) ? loss <= best : this.lowestLoss === Infinity;
    if (!this.isScored && isBest) await writeBestCheckpoint(this.folder, checkpoint);
    this.saved = step;
    if (!this.isRegular(step)) return;
    [this.loss, this.lowestLoss, this.sinceCheckpoint] = [loss, best, noLosses];
  }

  private isRegular(step: number): boolean {
    return this.isDue(step, this.experiment.output.checkpointEvery);
  }

  /** Whether held-out pictures choose the best checkpoint, in place of the training loss. */
  private get isScored(): boolean {
    return this.highestScore > -Infinity;
  }

  private standing(step: number): Omit<Checkpoint, 'tensors' | 'cursors'> {
    const { sinceCheckpoint, pending, lowestLoss } = this;
    const loss = sinceCheckpoint.count > 0 ? meanLosses(sinceCheckpoint).segmentation! : this.loss;
    if (this.isRegular(step)) return { step, pending, loss, best: Math.min(lowestLoss, loss) };
    // One between two, at which a run was stopped, counts among the best only while there is no other.
    return { step, pending, loss, best: lowestLoss < Infinity ? lowestLoss : loss, interval: sinceCheckpoint };
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    else
      signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
  });
}

/**
 * Sums of the losses since the last point of the log; part of a checkpoint, so that a resumed run logs the same means.
 */
export interface LossSums {
  readonly sums: Record<string, number>;
  readonly count: number;
}

export const noLosses: LossSums = { sums: {}, count: 0 };

export function addLosses({ sums, count }: LossSums, losses: Readonly<Record<string, number>>): LossSums {
  return {
    sums: Object.fromEntries(Object.entries(losses).map(([name, loss]) => [name, (sums[name] ?? 0) + loss])),
    count: count + 1,
  };
}

export function meanLosses({ sums, count }: LossSums): Record<string, number> {
  return Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / count]));
}
