import * as vscode from 'vscode';
import { reasonOf } from '../../mask/errors';
import { AdaptRequest, type AdaptFailure, type AdaptParams } from '../../protocol/trainingMessages';
import type { TrainingAction } from '../../protocol/trainingPage';
import { isUnderWay, type TrainingRun } from '../../protocol/trainingRun';
import type { CommandHandlers } from '../common/commands';
import { nameOf } from '../common/maskLocations';
import { isPathOf } from '../common/samePath';
import { requireTrust } from '../common/trust';
import { pickExperiment } from '../experiments/experimentFiles';
import type { Server } from '../server/server';
import { exportNetwork } from './networkExport';
import { isTrained, pickRun, scoresOf, useForSegmenting, workspaceRuns } from './runPicker';
import type { TrainingViews } from './trainingViews';

/**
 * Adds *Train*, *Resume*, *Evaluate*, *Open Run*, *Use for Segmenting* and *Export Network*. The lenses above an
 * experiment call them with its URI and the folder of its run.
 */
export function addTrainingCommands(commands: CommandHandlers, server: Server, views: TrainingViews): void {
  /** Handles a command on an experiment file: the one named, else the active editor's, else one that the user picks. */
  const onExperiment = (action: (experiment: vscode.Uri) => Promise<void>) => async (named: unknown) => {
    const experiment = uriOf(named) ?? (await pickExperiment());
    if (experiment && (await requireTrust('train'))) await action(experiment);
  };
  /** Handles a command on a training run: the folder named, else one that the user picks. */
  const onRun =
    (action: (folder: string) => void | Promise<void>, isOffered?: (run: TrainingRun) => boolean) =>
    async (_: unknown, named: unknown) => {
      if (!(await requireTrust('run'))) return;
      const folder = uriOf(named)?.fsPath ?? (await pickRun(server, isOffered))?.folder;
      if (folder !== undefined) await action(folder);
    };
  const open = (action?: TrainingAction) => (folder: string) => {
    views.open(folder, action);
  };

  commands.add(
    'trainExperiment',
    onExperiment(experiment => trainFromStart(server, views, experiment)),
  );
  commands.add(
    'resumeExperiment',
    onExperiment(experiment => train(server, views, experiment, 'resume')),
  );
  commands.add('evaluateExperiment', onRun(open('evaluate')));
  commands.add('openRun', onRun(open()));
  commands.add('useRun', onRun(useForSegmenting));
  commands.add(
    'exportNetwork',
    onRun(folder => exportNetwork(server, folder), isTrained),
  );
}

async function trainFromStart(server: Server, views: TrainingViews, experiment: vscode.Uri): Promise<void> {
  const before = (await workspaceRuns(server)).find(
    run => run.experiment !== undefined && isPathOf(experiment, run.experiment),
  );
  if (before && !isUnderWay(before) && !(await confirmReplacing(before))) return;
  await train(server, views, experiment, before ? 'replace' : 'new');
}

/** Trains an experiment, shows the view of its run, and informs the user when it has ended. */
async function train(
  server: Server,
  views: TrainingViews,
  experiment: vscode.Uri,
  mode: NonNullable<AdaptParams['mode']>,
): Promise<void> {
  await save(experiment);
  let folder: string | undefined;
  const updates = server.onTraining(({ run }) => {
    if (run.experiment !== experiment.fsPath || run.folder === folder) return;
    folder = run.folder;
    views.open(folder);
    views.redraw(folder);
  });
  const request = (acceptChanges: boolean) =>
    server.request(AdaptRequest, { uri: experiment.toString(), mode, acceptChanges });
  try {
    const ended = await request(false).catch(async (error: unknown) => {
      if (!isDataChanged(error)) throw error;
      return (await confirmChanges(experiment, reasonOf(error))) ? request(true) : undefined;
    });
    if (ended) showEnd(ended, views);
  } finally {
    updates.dispose();
  }
}

function uriOf(named: unknown): vscode.Uri | undefined {
  if (named instanceof vscode.Uri) return named;
  return typeof named === 'string' && named !== '' ? vscode.Uri.parse(named) : undefined;
}

/** Saves an experiment, since training reads the file on disk. */
async function save(experiment: vscode.Uri): Promise<void> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === experiment.toString());
  if (document?.isDirty && !(await document.save()))
    throw new Error(vscode.l10n.t('{0} could not be saved, and was not trained.', nameOf(experiment)));
}

/** Whether a run is not resumed since the pictures that it learns from have changed. */
function isDataChanged(error: unknown): boolean {
  const { data } = error as { data?: Partial<AdaptFailure> };
  return data?.dataChanged === true;
}

async function confirmChanges(experiment: vscode.Uri, changes: string): Promise<boolean> {
  const anyway = vscode.l10n.t('Resume Anyway');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('The pictures of {0} have changed since its run began. Resume it anyway?', nameOf(experiment)),
    { modal: true, detail: changes },
    anyway,
  );
  return choice === anyway;
}

async function confirmReplacing({ name, step, steps }: TrainingRun): Promise<boolean> {
  const again = vscode.l10n.t('Train Again');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Train {0} again from the start?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Its run so far, step {0} of {1}, is deleted with its checkpoints once the new one has begun. Resume goes on with it instead.',
        step,
        steps,
      ),
    },
    again,
  );
  return choice === again;
}

/** Informs the user that a training run has ended. */
function showEnd(run: TrainingRun, views: TrainingViews): void {
  const open = vscode.l10n.t('Open Run');
  const use = vscode.l10n.t('Use for Segmenting');
  const score = scoresOf(run)
    .map(text => `, ${text}`)
    .join('');
  const choice =
    run.state === 'failed'
      ? vscode.window.showErrorMessage(vscode.l10n.t('{0} failed: {1}', run.name, run.error ?? ''), open)
      : vscode.window.showInformationMessage(
          run.state === 'finished'
            ? vscode.l10n.t('{0} has finished training{1}.', run.name, score)
            : vscode.l10n.t('{0} was stopped at step {1} of {2}{3}.', run.name, run.step, run.steps, score),
          ...(run.checkpoint === undefined ? [open] : [open, use]),
        );
  void choice.then(chosen => {
    if (chosen === open) views.open(run.folder);
    if (chosen === use)
      void vscode.commands.executeCommand('labelless.useRun', undefined, vscode.Uri.file(run.folder).toString());
  });
}
