import path from 'node:path';
import { touchFollowed } from '../../engine/adaptation/run/runControl';
import { describeFrom } from '../../engine/adaptation/run/describeRun';
import { predictionsIn } from '../../engine/adaptation/run/readRun';
import { messagesName, pointsIn, readConfig } from '../../engine/adaptation/run/runFolder';
import { isActive, readState } from '../../engine/adaptation/run/runState';
import type { PredictionFile, TrainingRun, TrainingUpdate, TrainingPoint } from '../../../../protocol/trainingRun';
import { Tail } from './tail';

/** How often a run's folder is looked at, and how often it is told that it is followed (milliseconds). */
const [lookEvery, touchEvery] = [500, 10_000];

/** Follows a run by its folder alone, whoever trains it, until it ends or `close`. */
export class TrainingRunFollower {
  /** Settles with the run when it has ended, or when it is followed no more. */
  readonly ended: Promise<TrainingRun>;
  private settle: (run: TrainingRun) => void = () => undefined;
  private points: TrainingPoint[] = [];
  private known = new Set<string>();
  private touched = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private readonly log: Tail;
  private readonly messages: Tail;

  private readonly listeners = new Set<(news: TrainingUpdate) => void>();

  private constructor(
    private readonly folder: string,
    private readonly steps: number,
    public run: TrainingRun,
  ) {
    this.log = new Tail(path.join(folder, 'log.jsonl'));
    this.messages = new Tail(path.join(folder, messagesName));
    this.ended = new Promise(resolve => {
      this.settle = resolve;
    });
  }

  /** Begins to follow: listeners hear what is new from now on. @throws Error where the folder holds no run */
  static async open(folder: string): Promise<TrainingRunFollower> {
    const config = await readConfig(folder);
    if (!config) throw new Error(`${folder} holds no run`);
    const { steps } = config.training;
    const follower = new TrainingRunFollower(folder, steps, await describeFrom(folder, steps, []));
    await follower.look();
    follower.next();
    return follower;
  }

  /** Answers how to listen no more. */
  listen(listener: (news: TrainingUpdate) => void): () => void {
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
    if (!isActive(this.run)) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => {
      void this.watch().finally(() => {
        this.next();
      });
    }, lookEvery).unref();
  }

  private async watch(): Promise<void> {
    const { state } = this.run;
    const news = await this.look();
    if (news.points.length + news.predictions.length + news.messages.length === 0 && this.run.state === state) return;
    for (const listener of this.listeners) listener({ run: this.run, ...news });
  }

  /** Reads what is new. The state comes first: so nothing is missed that a run wrote before it ended. */
  private async look(): Promise<Omit<TrainingUpdate, 'run'>> {
    const state = await readState(this.folder);
    if (isActive(state)) await this.touch();
    const { text, anew } = await this.log.read();
    const points = pointsIn(text);
    if (anew) this.points = [];
    this.points.push(...points);
    this.run = await describeFrom(this.folder, this.steps, this.points, state);
    const predictions = points.length > 0 || !isActive(state) ? await this.newPredictions() : [];
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
