import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { addressVariable, passwordVariable } from './queueAddress';
import { fromPhotosSchema, type PhotoResult, type PhotoRun, type ToPhotos } from './photoMessages';

/** How a run ended: all is told; a trouble of this machine; or the process died, at a photo where there was one. */
export type RunEnd =
  | { readonly how: 'ended' }
  | { readonly how: 'trouble'; readonly reason: string }
  | { readonly how: 'died'; readonly reason: string };

/**
 * A process that segments photos, one run after the other. It is started when it is needed and kept from job to job, so
 * that a network is loaded once; where it has died, the next run starts another one.
 */
export class PhotoProcess {
  private child: ChildProcess | undefined;
  /** Whether the process has told of a photo: before, an end by itself is a fault of the installation. */
  private hasWorked = false;

  /**
   * Segments photos of a job.
   * @param stop ends the run behind the photo that is under way
   */
  run(wanted: PhotoRun, onResult: (result: PhotoResult) => void, stop: AbortSignal): Promise<RunEnd> {
    const child = (this.child ??= this.start());
    return new Promise(resolve => {
      let trouble: string | undefined;
      const settle = (end: RunEnd) => {
        child.off('message', onMessage).off('exit', onExit).off('error', onError);
        stop.removeEventListener('abort', onStop);
        resolve(end);
      };
      const onStop = () => {
        send(child, { type: 'stop' });
      };
      const onMessage = (message: unknown) => {
        const told = fromPhotosSchema.parse(message);
        this.hasWorked = true;
        if (told.type === 'result') onResult(told);
        else if (told.type === 'trouble') trouble = told.reason;
        else settle(trouble === undefined ? { how: 'ended' } : { how: 'trouble', reason: trouble });
      };
      const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
        const reason = signal ?? `exit code ${code}`;
        if (signal !== null || this.hasWorked) settle({ how: 'died', reason: endOf(reason) });
        else settle({ how: 'trouble', reason: `the process that segments photos ends at once (${reason})` });
      };
      const onError = (error: Error) => {
        settle({ how: 'trouble', reason: `the process that segments photos could not be started: ${error.message}` });
      };
      child.on('message', onMessage).on('exit', onExit).on('error', onError);
      stop.addEventListener('abort', onStop, { once: true });
      send(child, wanted);
      if (stop.aborted) onStop();
    });
  }

  /** Ends the process, which has no run. */
  end(): void {
    this.child?.disconnect();
    this.child = undefined;
  }

  private start(): ChildProcess {
    const env = { ...process.env, [addressVariable]: undefined, [passwordVariable]: undefined };
    const file = path.join(__dirname, 'photos.js');
    this.hasWorked = false;
    const child = fork(file, [], { env, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
    });
    child.once('error', () => {
      if (this.child === child) this.child = undefined;
    });
    return child;
  }
}

function send(child: ChildProcess, message: ToPhotos): void {
  // The callback takes errors of a channel that closed meanwhile: `exit` reports the same, with the reason.
  if (child.connected) child.send(message, () => undefined);
}

function endOf(reason: string): string {
  const memory = reason === 'SIGKILL' || reason === 'SIGABRT' ? ', often since memory ran out' : '';
  return `the process that segmented it was ended (${reason}${memory})`;
}
