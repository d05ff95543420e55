import * as vscode from 'vscode';
import type { How } from '../segment/how';
import type { Server } from '../server/server';
import { pickRun } from './pick';

/** Has *Segment with Adapted Model* use a run's network from now on, in this workspace. */
export async function useForSegmenting(folder: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('labelless');
  const place =
    vscode.workspace.workspaceFolders?.length === 1 ? vscode.workspace.asRelativePath(folder, false) : folder;
  await settings.update('adaptation.checkpoint', place, vscode.ConfigurationTarget.Workspace);
}

/**
 * The adapted network for an image: that of the settings, else a run that the user picks, which the settings have from
 * then on.
 */
export async function chooseModel(server: Server, image: vscode.Uri): Promise<How | undefined> {
  if (vscode.workspace.getConfiguration('labelless', image).get('adaptation.checkpoint', '') !== '')
    return { method: 'adapted' };
  const run = await pickRun(server, ({ checkpoint }) => checkpoint !== undefined);
  if (!run) return undefined;
  await useForSegmenting(run.folder);
  return { method: 'adapted', checkpoint: run.folder };
}
