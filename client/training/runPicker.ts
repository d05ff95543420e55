import * as vscode from 'vscode';
import { choose } from '../common/questions';
import type { SegmentParams } from '../../protocol/segmentMessages';
import { ListTrainingRunsRequest } from '../../protocol/trainingMessages';
import type { TrainingRun } from '../../protocol/trainingRun';
import type { Server } from '../server/server';

/** The training runs in the workspace, the last changed first. */
export async function workspaceRuns(server: Server): Promise<TrainingRun[]> {
  const folders = (vscode.workspace.workspaceFolders ?? [])
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri }) => uri.fsPath);
  return folders.length === 0 ? [] : server.request(ListTrainingRunsRequest, { folders });
}

/** Asks the user to pick a training run of the workspace. @throws Error when there is none */
export async function pickRun(
  server: Server,
  isOffered: (run: TrainingRun) => boolean = () => true,
): Promise<TrainingRun | undefined> {
  const runs = (await workspaceRuns(server)).filter(isOffered);
  if (runs.length === 0)
    throw new Error(
      vscode.l10n.t('There is no such training run in this workspace. Train an experiment (NAME.adapt.json) first.'),
    );
  const items = runs.map(run => ({
    run,
    label: run.name,
    detail: vscode.workspace.asRelativePath(run.folder),
    description: [vscode.l10n.t('step {0} of {1}', run.step, run.steps), ...scoresOf(run)].join(', '),
  }));
  return (await choose(items, { title: vscode.l10n.t('Training Runs'), matchOnDetail: true }))?.run;
}

/** Whether a run has a network to segment with. */
export function isTrained({ checkpoint }: TrainingRun): boolean {
  return checkpoint !== undefined;
}

/** The scores of a run, on the target and on held-out source pictures. */
export function scoresOf({ mIoU, heldOutMIoU, best }: TrainingRun): string[] {
  const heldOut = best?.heldOutMIoU ?? heldOutMIoU;
  return [
    ...(mIoU === undefined ? [] : [`mIoU ${mIoU.toFixed(3)}`]),
    ...(heldOut === undefined ? [] : [vscode.l10n.t('held-out mIoU {0}', heldOut.toFixed(3))]),
  ];
}

/** Makes *Segment with Adapted Model* use the network of a training run in this workspace. */
export async function useForSegmenting(folder: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('labelless');
  const checkpoint =
    vscode.workspace.workspaceFolders?.length === 1 ? vscode.workspace.asRelativePath(folder, false) : folder;
  await settings.update('adaptation.checkpoint', checkpoint, vscode.ConfigurationTarget.Workspace);
}

/**
 * The adapted network for an image: that of the settings, or else that of a training run that the user picks, which is
 * then saved to the settings.
 */
export async function chooseModel(
  server: Server,
  image: vscode.Uri,
): Promise<Pick<SegmentParams, 'method' | 'checkpoint'> | undefined> {
  if (vscode.workspace.getConfiguration('labelless', image).get('adaptation.checkpoint', '') !== '')
    return { method: 'adapted' };
  const run = await pickRun(server, isTrained);
  if (!run) return undefined;
  await useForSegmenting(run.folder);
  return { method: 'adapted', checkpoint: run.folder };
}
