import type { CancellationToken } from 'vscode-languageserver/node';
import { askRun } from '../engine/adaptation/run/runControl';
import { AdaptRequest } from '../../../protocol/trainingMessages';
import type { TrainingRun } from '../../../protocol/trainingRun';
import type { TrainingRunFollower } from '../jobs/training/follower';
import { TrainingProgress } from './adaptProgress';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked } from './params';
import { requiredPath } from './uris';

/** Seconds that a run goes on without a follower: long enough to reload a window. */
const followerTimeout = 60;

/** `labelless/adapt`: starts a run, or finds it under way, and follows it to its end. */
export function registerAdapt({ connection, runs, settings }: ServerContext): void {
  connection.onRequest(
    AdaptRequest.method,
    async (params: unknown, cancellation: CancellationToken): Promise<TrainingRun> => {
      const { uri, mode, workDoneToken } = checked(AdaptRequest.schema, params);
      const file = requiredPath(uri);
      const { limits, tensorflow } = await settings.read(uri);
      const progress = new TrainingProgress(connection, workDoneToken, file);
      try {
        const follower = await runs.start({
          file,
          mode,
          threads: limits.threads,
          tensorflowFolder: tensorflow.folder,
          followerTimeout,
        });
        return await untilEnd(follower, progress, cancellation);
      } catch (error) {
        throw requestFailure(error);
      } finally {
        progress.end();
      }
    },
  );
}

async function untilEnd(
  follower: TrainingRunFollower,
  progress: TrainingProgress,
  cancellation: CancellationToken,
): Promise<TrainingRun> {
  const stop = () => {
    askRun(follower.run.folder, 'stop').catch(() => undefined);
  }; // a run that has ended needs no stop
  const cancelled = cancellation.onCancellationRequested(stop);
  const leave = follower.listen(({ run, points }) => {
    progress.report(run, points.at(-1));
  });
  if (cancellation.isCancellationRequested) stop();
  try {
    return await follower.ended;
  } finally {
    cancelled.dispose();
    leave();
  }
}
