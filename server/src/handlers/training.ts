import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import {
  AdaptRequest,
  ControlTrainingRunRequest,
  EvaluateRequest,
  ExportNetworkRequest,
  FollowTrainingRunRequest,
  ListTrainingRunsRequest,
  NewExperimentRequest,
  ReadTrainingRunRequest,
  type AdaptFailure,
} from '../../../protocol/trainingMessages';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { DataChangedError } from '../engine/adaptation/run/beginRun';
import { controlRun } from '../engine/adaptation/run/runControl';
import { listRuns, readRun } from '../engine/adaptation/run/readRun';
import { formatExperiment } from '../experiments/experimentText';
import { largeToFile } from '../jobs/largeResults';
import type { TrainingRunFollower } from '../jobs/training/trainingRunFollower';
import type { ServerContext } from './serverState';
import { TrainingProgress, withTaskProgress } from './progress';
import { handleRequest, requiredPath } from './requests';

/** Seconds for which a run goes on without a follower: long enough to reload a window. */
const followerTimeout = 60;

/** Registers the requests about experiments and their training runs. */
export function registerTraining(context: ServerContext): void {
  const { connection, lanes, runs, settings, resultFolder } = context;

  handleRequest(connection, NewExperimentRequest, async ({ folder, labelled, photos }, cancel) => {
    const task = {
      kind: 'propose' as const,
      base: requiredPath(folder, 'folder'),
      labelled: requiredPath(labelled, 'folder'),
      ...(photos !== undefined && { photos: requiredPath(photos, 'folder') }),
      settings: await settings.read(labelled),
    };
    const proposal = await lanes.inspection.run(task, { cancel }, 1);
    return { text: formatExperiment(proposal.experiment), labelled: proposal.labelled };
  });

  handleRequest(connection, AdaptRequest, async ({ uri, mode, acceptChanges, workDoneToken }, cancel) => {
    const file = requiredPath(uri);
    const { limits, tensorflow } = await settings.read(uri);
    const progress = new TrainingProgress(connection, workDoneToken, file);
    try {
      const spec = {
        file,
        mode,
        acceptChanges,
        threads: limits.threads,
        tensorflowFolder: tensorflow.folder,
        followerTimeout,
      };
      return await untilEnd(await runs.start(spec), progress, cancel);
    } catch (error) {
      if (!(error instanceof DataChangedError)) throw error;
      const failure: AdaptFailure = { dataChanged: true };
      throw new ResponseError(LSPErrorCodes.RequestFailed, error.message, failure);
    } finally {
      progress.end();
    }
  });

  handleRequest(connection, ReadTrainingRunRequest, async ({ folder }) =>
    largeToFile(await readRun(folder), resultFolder),
  );
  handleRequest(connection, ListTrainingRunsRequest, ({ folders }) => listRuns(folders));
  handleRequest(connection, ControlTrainingRunRequest, ({ folder, action }) => controlRun(folder, action));
  handleRequest(connection, FollowTrainingRunRequest, async ({ folder, follow }) => {
    const { run } = await runs.follow(folder);
    if (!follow) await runs.leave(folder);
    return run;
  });

  handleRequest(connection, EvaluateRequest, async ({ folder, checkpoint, workDoneToken }, cancel) => {
    const title = l10n.t('Evaluating {0}', path.basename(folder));
    const task = {
      kind: 'evaluate' as const,
      folder,
      checkpoint,
      settings: await settings.read(URI.file(folder).toString()),
    };
    return withTaskProgress(connection, { token: workDoneToken, title }, onEvent =>
      lanes.evaluation.run(task, { cancel, onEvent }),
    );
  });

  handleRequest(connection, ExportNetworkRequest, (params, cancel) =>
    lanes.inspection.run({ kind: 'exportNetwork' as const, ...params }, { cancel }),
  );
}

/** Reports the progress of a run until it ends. `cancel` saves a checkpoint and stops the run. */
async function untilEnd(
  follower: TrainingRunFollower,
  progress: TrainingProgress,
  cancel: AbortSignal,
): Promise<TrainingRun> {
  const stop = () => {
    controlRun(follower.run.folder, 'stop').catch(() => undefined); // a run that has ended needs no stop
  };
  cancel.addEventListener('abort', stop, { once: true });
  const stopReporting = follower.onUpdate(({ run, points }) => {
    progress.report(run, points.at(-1));
  });
  if (cancel.aborted) stop();
  try {
    return await follower.ended;
  } finally {
    cancel.removeEventListener('abort', stop);
    stopReporting();
  }
}
