import * as vscode from 'vscode';

/** Has *Segment with Adapted Model* use a run's network from now on, in this workspace. */
export async function useForSegmenting(folder: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration('labelless');
  const place = vscode.workspace.workspaceFolders?.length === 1 ? vscode.workspace.asRelativePath(folder, false) : folder;
  await settings.update('adaptation.checkpoint', place, vscode.ConfigurationTarget.Workspace);
}
