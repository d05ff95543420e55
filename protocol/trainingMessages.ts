import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { absoluteFolder, progressToken, ServerRequest, uri, type MaybeInFile } from './request';
import type { EvaluationResult, TrainingRun, TrainingRunContents, TrainingUpdate } from './trainingRun';

/**
 * Messages between client and server about Method 2: experiment files and their training runs.
 *
 * A run lives in a folder and is trained by a process of its own, which outlives the server. Following a run keeps it
 * going: a run that a server started stops behind a checkpoint, to be resumed, when nobody has followed it for a minute.
 * After its window was reloaded a client lists the runs and follows those that are running.
 */

const newExperimentParams = z.object({
  /** The folder that the file is to lie in: paths in it are relative to it. */
  folder: uri,
  /** The folder of labelled pictures. */
  labelled: uri,
  /** The folder of unlabelled photos. */
  photos: uri,
});
export type NewExperimentParams = z.input<typeof newExperimentParams>;

export interface NewExperimentResult {
  /** Text of the proposed experiment file. Nothing is written. */
  text: string;
  /** Labelled images that were found; 0 where the text is a mere start. */
  labelled: number;
}

/**
 * Proposes an experiment that learns from one folder and adapts to another: the layout of the first and the classes in
 * it are guessed.
 */
export const NewExperimentRequest = new ServerRequest<typeof newExperimentParams, NewExperimentResult>(
  'labelless/newExperiment',
  newExperimentParams,
);

const adaptParams = z.object({
  /** An experiment file (`NAME.adapt.json`). */
  uri,
  /**
   * `new` trains from the start and is refused where the folder holds a run; `resume` goes on from its last checkpoint;
   * `replace` deletes the run there and trains from the start. A run that is under way is followed in any mode.
   */
  mode: z.enum(['new', 'resume', 'replace']).default('new'),
  workDoneToken: progressToken.optional(),
});
export type AdaptParams = z.input<typeof adaptParams>;

/**
 * Trains an experiment, and follows its run: `labelless/training` notifications come until it ends. The result is the
 * run once it has ended, whether finished, stopped or failed. Cancelling stops the run behind a checkpoint, as `stop`
 * does. The request fails when training cannot begin: the message says why.
 */
export const AdaptRequest = new ServerRequest<typeof adaptParams, TrainingRun>('labelless/adapt', adaptParams);

/** Updates of a run that is followed, about twice a second at most, and one when it has ended. */
export const TrainingNotification = new NotificationType<TrainingUpdate>('labelless/training');

const runParams = z.object({ folder: absoluteFolder });

/** Reads everything in a run's folder. Fails where the folder holds no run, or a damaged one. */
export const ReadTrainingRunRequest = new ServerRequest<typeof runParams, MaybeInFile<TrainingRunContents>>(
  'labelless/readRun',
  runParams,
);

const listParams = z.object({ folders: z.array(absoluteFolder) });

/** Lists the runs in and below folders, the last changed first. Runs that cannot be read are left out. */
export const ListTrainingRunsRequest = new ServerRequest<typeof listParams, TrainingRun[]>(
  'labelless/listRuns',
  listParams,
);

const followParams = z.object({ folder: absoluteFolder, follow: z.boolean() });

/**
 * Begins or ends following a run that was started elsewhere (before the window was reloaded, or from the command line).
 * While it is running and followed `labelless/training` notifications come, and it is kept going. The result is the run
 * as it is; updates start from there.
 */
export const FollowTrainingRunRequest = new ServerRequest<typeof followParams, TrainingRun>(
  'labelless/followRun',
  followParams,
);

const trainingRunAction = z.enum(['pause', 'continue', 'stop']);
export type TrainingRunAction = z.infer<typeof trainingRunAction>;

const controlParams = z.object({ folder: absoluteFolder, action: trainingRunAction });

/**
 * Pauses, continues or stops a run, whoever started it; it obeys at the next step. `stop` ends it behind a checkpoint.
 * Fails where the run is not under way.
 */
export const ControlTrainingRunRequest = new ServerRequest<typeof controlParams, void>(
  'labelless/controlRun',
  controlParams,
);

const evaluateParams = z.object({
  folder: absoluteFolder,
  /** Which checkpoint; `best` is that of the lowest training loss. */
  checkpoint: z.enum(['last', 'best']).default('last'),
  workDoneToken: progressToken.optional(),
});
export type EvaluateParams = z.input<typeof evaluateParams>;

/** Measures a run on the pictures of its experiment's `evaluation`. Fails where the experiment names none. */
export const EvaluateRequest = new ServerRequest<typeof evaluateParams, EvaluationResult>(
  'labelless/evaluate',
  evaluateParams,
);
