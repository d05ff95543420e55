import * as vscode from 'vscode';
import type { AdaptParams, RunDescription } from '../../protocol/adapt';
import { nameOf } from '../common/maskLocations';
import { reportError } from '../common/report';
import { requireTrust } from '../common/trust';
import type { Server } from '../server/server';
import { pickExperiment, pickRun, useForSegmenting, workspaceRuns } from './runPicker';
import type { TrainingViews } from './trainingViews';

/**
 * *Train*, *Resume*, *Evaluate* and *Open Run*, as the lenses above an experiment call them: with its URI and its run's
 * folder.
 */
export function trainingCommands(server: Server, views: TrainingViews) {
  const train = async (experiment: vscode.Uri, mode: NonNullable<AdaptParams['mode']>): Promise<void> => {
    await save(experiment);
    let folder: string | undefined;
    const begun = server.onTraining(({ run }) => {
      if (run.experiment !== experiment.fsPath || run.folder === folder) return;
      folder = run.folder;
      views.open(folder);
      views.redraw(folder);
    });
    try {
      tellEnd(await server.training(client => client.adapt({ uri: experiment.toString(), mode })), views);
    } finally {
      begun.dispose();
    }
  };

  const fromStart = async (experiment: vscode.Uri): Promise<void> => {
    const before = (await workspaceRuns(server)).find(run => run.experiment === experiment.fsPath);
    if (before && !isUnderWay(before) && !(await confirmReplacing(before))) return;
    await train(experiment, before ? 'replace' : 'new');
  };

  /** A command on an experiment file: the one named, else the active editor's, else one that the user picks. */
  const onExperiment = (action: (experiment: vscode.Uri) => Promise<void>) => async (named: unknown) => {
    try {
      const experiment = uriOf(named) ?? (await pickExperiment());
      if (experiment && (await requireTrust('train'))) await action(experiment);
    } catch (error) {
      reportError(error);
    }
  };

  /** A command on a run: the folder named, else one that the user picks. */
  const onRun = (action: (folder: string) => void | Promise<void>) => async (_: unknown, named: unknown) => {
    try {
      if (!(await requireTrust('run'))) return;
      const folder = uriOf(named)?.fsPath ?? (await pickRun(server))?.folder;
      if (folder !== undefined) await action(folder);
    } catch (error) {
      reportError(error);
    }
  };

  return {
    trainExperiment: onExperiment(fromStart),
    resumeExperiment: onExperiment(experiment => train(experiment, 'resume')),
    evaluateExperiment: onRun(folder => {
      views.open(folder, 'evaluate');
    }),
    openRun: onRun(folder => {
      views.open(folder);
    }),
    useRun: onRun(useForSegmenting),
  };
}

function uriOf(named: unknown): vscode.Uri | undefined {
  if (named instanceof vscode.Uri) return named;
  return typeof named === 'string' && named !== '' ? vscode.Uri.parse(named) : undefined;
}

function isUnderWay({ state }: RunDescription): boolean {
  return state === 'running' || state === 'paused';
}

/** What is trained is what is on disk. */
async function save(experiment: vscode.Uri): Promise<void> {
  const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === experiment.toString());
  if (document?.isDirty && !(await document.save()))
    throw new Error(vscode.l10n.t('{0} could not be saved, and was not trained.', nameOf(experiment)));
}

async function confirmReplacing({ name, step, steps }: RunDescription): Promise<boolean> {
  const again = vscode.l10n.t('Train Again');
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t('Train {0} again from the start?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Its run so far, step {0} of {1}, is deleted with its checkpoints. Resume goes on with it instead.',
        step,
        steps,
      ),
    },
    again,
  );
  return choice === again;
}

function tellEnd(run: RunDescription, views: TrainingViews): void {
  const open = vscode.l10n.t('Open Run');
  const use = vscode.l10n.t('Use for Segmenting');
  const score = run.mIoU === undefined ? '' : `, mIoU ${run.mIoU.toFixed(3)}`;
  const told =
    run.state === 'failed'
      ? vscode.window.showErrorMessage(vscode.l10n.t('{0} failed: {1}', run.name, run.error ?? ''), open)
      : vscode.window.showInformationMessage(
          run.state === 'finished'
            ? vscode.l10n.t('{0} has finished training{1}.', run.name, score)
            : vscode.l10n.t('{0} was stopped at step {1} of {2}{3}.', run.name, run.step, run.steps, score),
          ...(run.checkpoint === undefined ? [open] : [open, use]),
        );
  void told.then(choice => {
    if (choice === open) views.open(run.folder);
    if (choice === use)
      void vscode.commands.executeCommand('labelless.useRun', undefined, vscode.Uri.file(run.folder).toString());
  });
}
