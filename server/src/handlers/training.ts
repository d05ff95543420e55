import path from 'node:path';
import * as l10n from '@vscode/l10n';
import { URI } from 'vscode-uri';
import {
  AdaptRequest,
  ControlTrainingRunRequest,
  EvaluateRequest,
  FollowTrainingRunRequest,
  ListTrainingRunsRequest,
  NewExperimentRequest,
  ReadTrainingRunRequest,
} from '../../../protocol/trainingMessages';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { controlRun } from '../engine/adaptation/run/runControl';
import { listRuns, readRun } from '../engine/adaptation/run/readRun';
import { formatExperiment } from '../experiments/experimentText';
import { largeToFile } from '../jobs/largeResults';
import type { TrainingRunFollower } from '../jobs/training/trainingRunFollower';
import type { ServerContext } from './context';
import { TrainingProgress, withTaskProgress } from './progress';
import { answer, requiredPath } from './requests';

/** Seconds that a run goes on without a follower: long enough to reload a window. */
const followerTimeout = 60;

/** Requests about experiments and their training runs. */
export function registerTraining(context: ServerContext): void {
  const { connection, lanes, runs, settings, resultFolder } = context;

  answer(connection, NewExperimentRequest, async ({ folder, labelled, photos }, cancel) => {
    const task = {
      kind: 'propose' as const,
      base: requiredPath(folder, 'folder'),
      labelled: requiredPath(labelled, 'folder'),
      photos: requiredPath(photos, 'folder'),
      settings: await settings.read(labelled),
    };
    const proposal = await lanes.inspection.run(task, { cancel }, 1);
    return { text: formatExperiment(proposal.experiment), labelled: proposal.labelled };
  });

  answer(connection, AdaptRequest, async ({ uri, mode, workDoneToken }, cancel) => {
    const file = requiredPath(uri);
    const { limits, tensorflow } = await settings.read(uri);
    const progress = new TrainingProgress(connection, workDoneToken, file);
    try {
      const spec = { file, mode, threads: limits.threads, tensorflowFolder: tensorflow.folder, followerTimeout };
      return await untilEnd(await runs.start(spec), progress, cancel);
    } finally {
      progress.end();
    }
  });

  answer(connection, ReadTrainingRunRequest, async ({ folder }) => largeToFile(await readRun(folder), resultFolder));
  answer(connection, ListTrainingRunsRequest, ({ folders }) => listRuns(folders));
  answer(connection, ControlTrainingRunRequest, ({ folder, action }) => controlRun(folder, action));
  answer(connection, FollowTrainingRunRequest, async ({ folder, follow }) => {
    const { run } = await runs.follow(folder);
    if (!follow) await runs.leave(folder);
    return run;
  });

  answer(connection, EvaluateRequest, async ({ folder, checkpoint, workDoneToken }, cancel) => {
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
}

/** Reports a run's progress until it ends; `cancel` stops it behind a checkpoint. */
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
