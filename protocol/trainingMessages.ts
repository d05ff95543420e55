import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import { absoluteFolder, progressToken, ServerRequest, uri, type MaybeInFile } from './request';
import {
  trainingRunActions,
  type EvaluationResult,
  type NetworkExport,
  type TrainingRun,
  type TrainingRunContents,
  type TrainingUpdate,
} from './trainingRun';

/**
 * Messages between client and server about Method 2: experiment files and their training runs.
 *
 * A run lives in a folder and is trained by a process of its own, which outlives the server. Following a run keeps it
 * going: a run that a server started saves a checkpoint and stops, to be resumed, when nobody has followed it for a
 * minute. After its window was reloaded, a client lists the runs and follows those that are running.
 */

const newExperimentParams = z.object({
  /** The folder that the experiment file is to be saved in. Paths in the file are relative to it. */
  folder: uri,
  /** The folder of labelled pictures. */
  labelled: uri,
  /** The folder of unlabelled photos to adapt to. */
  photos: uri.optional(),
});
export type NewExperimentParams = z.input<typeof newExperimentParams>;

export interface NewExperimentResult {
  /** The text of the proposed experiment file, which is not written. */
  text: string;
  /** The number of labelled images that were found; 0 where the text is only a start. */
  labelled: number;
}

/**
 * Proposes an experiment that learns from one folder and adapts to another, or where that has no unlabelled photos,
 * learns from the first alone. The layout and the classes of the first folder are guessed.
 */
export const NewExperimentRequest = new ServerRequest<typeof newExperimentParams, NewExperimentResult>(
  'labelless/newExperiment',
  newExperimentParams,
);

const adaptParams = z.object({
  /** An experiment file (`NAME.adapt.json`). */
  uri,
  /**
   * `new` trains from the start and is refused where the folder holds a run; `resume` continues from the last
   * checkpoint; `replace` trains from the start, and deletes the existing run once the new one has begun. A run that is
   * already under way is followed in any mode.
   */
  mode: z.enum(['new', 'resume', 'replace']).default('new'),
  /** Resumes a run although the pictures that it learns from have changed since it began; else it is refused. */
  acceptChanges: z.boolean().default(false),
  workDoneToken: progressToken.optional(),
});
export type AdaptParams = z.input<typeof adaptParams>;

/** The `data` of an error of `labelless/adapt` for a run that `acceptChanges` would resume. */
export interface AdaptFailure {
  dataChanged: true;
}

/**
 * Trains an experiment and follows its run: `labelless/training` notifications are sent until it ends. The result is
 * the run once it has finished, stopped or failed. Cancelling saves a checkpoint and stops the run, as `stop` does.
 * The request fails with the reason when training cannot begin.
 */
export const AdaptRequest = new ServerRequest<typeof adaptParams, TrainingRun>('labelless/adapt', adaptParams);

/** Sends updates of a followed run, at most about two a second, and a last one when it has ended. */
export const TrainingNotification = new NotificationType<TrainingUpdate>('labelless/training');

const runParams = z.object({ folder: absoluteFolder });

/** Reads the complete contents of a run's folder. Fails where the folder holds no run, or a damaged one. */
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
 * Begins or ends following a run that was started elsewhere: before the window was reloaded, or from the command line.
 * While it is followed and running, `labelless/training` notifications are sent and the run is kept going. The result
 * is the present state of the run, from which the updates start.
 */
export const FollowTrainingRunRequest = new ServerRequest<typeof followParams, TrainingRun>(
  'labelless/followRun',
  followParams,
);

const controlParams = z.object({ folder: absoluteFolder, action: z.enum(trainingRunActions) });

/**
 * Pauses, continues or stops a run, whichever process started it. The run obeys at its next step; `stop` ends it after
 * a checkpoint. Fails where the run is not under way.
 */
export const ControlTrainingRunRequest = new ServerRequest<typeof controlParams, void>(
  'labelless/controlRun',
  controlParams,
);

const evaluateParams = z.object({
  folder: absoluteFolder,
  /**
   * The checkpoint to measure. `used`: the one that pictures are segmented with; `best`: the one with the highest mean
   * IoU on held-out pictures, or where none are held out, with the lowest training loss.
   */
  checkpoint: z.enum(['used', 'last', 'best']).default('used'),
  workDoneToken: progressToken.optional(),
});
export type EvaluateParams = z.input<typeof evaluateParams>;

/**
 * Evaluates a run on the pictures of its experiment's `evaluation`, else on the source pictures that it holds out.
 * Fails where there are neither.
 */
export const EvaluateRequest = new ServerRequest<typeof evaluateParams, EvaluationResult>(
  'labelless/evaluate',
  evaluateParams,
);

const exportNetworkParams = z.object({
  folder: absoluteFolder,
  /** The folder to write into. */
  destination: absoluteFolder,
  /** Whether files of these names are replaced. */
  replace: z.boolean().default(false),
});

/**
 * Writes the network of a run as `NAME.onnx` and a card, `NAME.md`. Unless they may be replaced, files that exist
 * already are the result, and nothing is written. Fails where the folder holds no trained network.
 */
export const ExportNetworkRequest = new ServerRequest<typeof exportNetworkParams, NetworkExport>(
  'labelless/exportNetwork',
  exportNetworkParams,
);
