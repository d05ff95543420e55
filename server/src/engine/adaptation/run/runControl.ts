import { lutimes, rm, stat, writeFile } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { heartbeatMilliseconds, readRunState, touchRunState } from './runState';
import { writeAtomically } from '../../../../../files/atomic';
import { isUnderWay, type TrainingRunAction } from '../../../../../protocol/trainingRun';
import { runFiles } from '../../experiment/trainingRunMark';

/**
 * Two small files in its folder control a run: `control` holds the requested action and is read before each step;
 * `followed` is touched by each process that follows the run.
 */

const pausePollMilliseconds = 100; // ms

/** Asks a training run to pause, continue or stop. @throws Error where it is not under way */
export async function controlRun(folder: string, action: TrainingRunAction): Promise<void> {
  if (!isUnderWay(await readRunState(folder))) throw new Error(`${path.basename(folder)} is not running`);
  await writeAtomically(new Map([[path.join(folder, runFiles.control), action]]), { links: 'replace' });
}

/** Records that somebody follows a training run. */
export async function touchFollowed(folder: string): Promise<void> {
  const file = path.join(folder, runFiles.followed);
  const now = new Date();
  await lutimes(file, now, now).catch(() => writeFile(file, '', { flag: 'wx' }));
}

/**
 * The signals that end or hold a run. `stop` ends it before the next step, with a checkpoint; `cancel` throws an
 * AbortError before the next step, without one.
 */
export interface TrainingSignals {
  readonly stop: AbortSignal;
  readonly cancel: AbortSignal;
  /** Called before every step: a promise holds the run until it settles. */
  readonly pause?: () => Promise<void> | undefined;
}

export interface ControlOptions {
  /** Stops the run before its next step, with a checkpoint, as the file `control` does. */
  readonly stop?: AbortSignal;
  /** Seconds without a follower after which the run stops; undefined: it needs none. */
  readonly followerTimeout?: number;
  /** Receives a line when the run pauses and when it continues. */
  readonly log?: (line: string) => void;
}

/** The signals of a run as the files in its folder give them; also keeps the run's state touched. */
export class RunControl {
  readonly signals: TrainingSignals;
  private readonly stop = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private read = -1;
  private action: TrainingRunAction = 'continue';

  /** The signals obey the folder once `begin` was called. */
  constructor(
    private readonly folder: string,
    private readonly options: ControlOptions,
  ) {
    const given = options.stop;
    given?.addEventListener(
      'abort',
      () => {
        this.stop.abort();
      },
      { once: true },
    );
    if (given?.aborted) this.stop.abort();
    this.signals = {
      stop: this.stop.signal,
      cancel: new AbortController().signal,
      pause: () => this.holdWhilePaused(),
    };
  }

  /** Begins to obey the folder; the action that was requested from an earlier run in it is discarded. */
  async begin(): Promise<void> {
    await rm(path.join(this.folder, runFiles.control), { force: true });
    if (this.options.followerTimeout !== undefined) await touchFollowed(this.folder);
    this.timer = setInterval(() => void this.heartbeat(), heartbeatMilliseconds);
  }

  close(): void {
    clearInterval(this.timer);
  }

  /**
   * Holds the run while it is to pause. It is called before every step: as long as the file is unchanged, a call costs
   * one `stat` of it.
   */
  private holdWhilePaused(): Promise<void> | undefined {
    if (this.timer) this.readAction();
    return this.action === 'pause' ? this.untilContinued() : undefined;
  }

  private async untilContinued(): Promise<void> {
    this.options.log?.('paused');
    while (this.action === 'pause' && !this.stop.signal.aborted) {
      await wait(pausePollMilliseconds);
      this.readAction();
    }
    if (!this.stop.signal.aborted) this.options.log?.('goes on');
  }

  private readAction(): void {
    const file = path.join(this.folder, runFiles.control);
    try {
      const found = statSync(file, { throwIfNoEntry: false });
      const written = found?.isFile() ? found.mtimeMs : -1; // a pipe would be waited for
      if (written === this.read) return;
      const text = written < 0 ? 'continue' : readFileSync(file, 'utf8').trim();
      this.read = written;
      if (text === 'pause' || text === 'continue' || text === 'stop') this.action = text;
    } catch {
      return; // it is being replaced: the next look reads it
    }
    if (this.action === 'stop') this.stop.abort();
  }

  private async heartbeat(): Promise<void> {
    await touchRunState(this.folder);
    const { followerTimeout } = this.options;
    if (followerTimeout === undefined) return;
    const touched = await stat(path.join(this.folder, runFiles.followed)).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
    if (Date.now() - touched > followerTimeout * 1000) this.stop.abort();
  }
}
