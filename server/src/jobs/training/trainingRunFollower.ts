import path from 'node:path';
import { openRegularFile } from '../../../../files/regularFile';
import type { TrainingPoint } from '../../../../protocol/trainingPoint';
import type { PredictionFile, TrainingRun, TrainingUpdate } from '../../../../protocol/trainingRun';
import { touchFollowed } from '../../engine/adaptation/run/runControl';
import { describeRunFrom } from '../../engine/adaptation/run/describeRun';
import { predictionsIn } from '../../engine/adaptation/run/predictions';
import { readRunExperiment } from '../../engine/adaptation/run/runFolder';
import { parseLog } from '../../engine/adaptation/run/runLog';
import { readRunState } from '../../engine/adaptation/run/runState';
import type { Experiment } from '../../engine/experiment/experimentSchema';
import { runFiles } from '../../engine/experiment/trainingRunMark';
import { isUnderWay } from '../../../../protocol/trainingRun';

/** Milliseconds between two reads of a run's folder. */
const readEvery = 500;
/** Milliseconds between two marks in a run's folder that show that it is followed. */
const touchEvery = 10_000;

/** Follows a training run by its folder alone, whichever process trains it, until the run ends or `close` is called. */
export class TrainingRunFollower {
  /** Resolves with the run when it has ended or is no longer followed. */
  readonly ended: Promise<TrainingRun>;
  private settle: (run: TrainingRun) => void = () => undefined;
  private points: TrainingPoint[] = [];
  private known = new Set<string>();
  private touched = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly log: Tail;
  private readonly messages: Tail;

  private readonly listeners = new Set<(update: TrainingUpdate) => void>();

  private constructor(
    private readonly folder: string,
    private readonly experiment: Experiment,
    public run: TrainingRun,
  ) {
    this.log = new Tail(path.join(folder, runFiles.log));
    this.messages = new Tail(path.join(folder, runFiles.messages));
    this.ended = new Promise(resolve => {
      this.settle = resolve;
    });
  }

  /** Begins to follow a run; updates start from now. @throws Error where the folder holds no run */
  static async open(folder: string): Promise<TrainingRunFollower> {
    const config = await readRunExperiment(folder);
    if (!config) throw new Error(`${folder} holds no run`);
    const follower = new TrainingRunFollower(folder, config, await describeRunFrom(folder, config, []));
    await follower.read();
    follower.next();
    return follower;
  }

  /** Calls `listener` with every update. @returns a function that removes the listener */
  onUpdate(listener: (update: TrainingUpdate) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  close(): void {
    clearTimeout(this.timer);
    this.settle(this.run);
  }

  private next(): void {
    if (!isUnderWay(this.run)) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => {
      void this.watch().finally(() => {
        this.next();
      });
    }, readEvery).unref();
  }

  private async watch(): Promise<void> {
    const { state } = this.run;
    const update = await this.read();
    if (update.points.length + update.predictions.length + update.messages.length === 0 && this.run.state === state)
      return;
    for (const listener of this.listeners) listener({ run: this.run, ...update });
  }

  /** Reads what is new. The state is read first, so that nothing is missed that a run wrote before it ended. */
  private async read(): Promise<Omit<TrainingUpdate, 'run'>> {
    const state = await readRunState(this.folder);
    if (isUnderWay(state)) await this.touch();
    const { text, restarted } = await this.log.read();
    const points = parseLog(text);
    if (restarted) this.points = [];
    this.points.push(...points);
    this.run = await describeRunFrom(this.folder, this.experiment, this.points, state);
    const predictions = points.length > 0 || !isUnderWay(state) ? await this.newPredictions() : [];
    return { points, predictions, messages: (await this.messages.read()).text.split('\n').filter(line => line !== '') };
  }

  private async touch(): Promise<void> {
    if (performance.now() - this.touched < touchEvery) return;
    await touchFollowed(this.folder);
    this.touched = performance.now();
  }

  private async newPredictions(): Promise<PredictionFile[]> {
    const found = await predictionsIn(this.folder);
    const fresh = found.filter(({ file }) => !this.known.has(file));
    this.known = new Set(found.map(({ file }) => file));
    return fresh;
  }
}

/** The maximum number of bytes that are read at a time; the rest is read the next time. */
const largestPiece = 32e6;

/** A growing file that is read line by line. */
class Tail {
  private offset = 0;
  private file: number | undefined;

  constructor(private readonly path: string) {}

  /**
   * The complete lines since the last call; none where the file does not exist. `restarted`: the file was replaced or
   * cut, and these are all its lines.
   */
  async read(): Promise<{ text: string; restarted: boolean }> {
    const opened = await openRegularFile(this.path).catch(() => undefined);
    if (!opened) return { text: '', restarted: false };
    const { handle } = opened;
    try {
      const { size, ino } = await handle.stat();
      const restarted = this.file !== ino || size < this.offset;
      if (restarted) [this.offset, this.file] = [0, ino];
      const bytes = Buffer.alloc(Math.min(size - this.offset, largestPiece));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.offset);
      const complete = bytes.subarray(0, bytes.lastIndexOf(10, bytesRead - 1) + 1);
      this.offset += complete.length;
      return { text: complete.toString('utf8'), restarted };
    } finally {
      await handle.close();
    }
  }
}
