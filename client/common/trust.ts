import * as vscode from 'vscode';

/** Why each feature that starts the segmentation server needs trust, and what is possible without it. */
const reasons = {
  segment: () =>
    vscode.l10n.t(
      'Segmenting runs a program on the files and settings of this workspace, and needs your trust in it. Existing masks can be viewed without.',
    ),
  compare: () =>
    vscode.l10n.t(
      'Comparing with another method or with a file of labels runs a program on the files and settings of this workspace and needs your trust in it. Comparing with the picture, another granularity or a mask does not.',
    ),
  export: () =>
    vscode.l10n.t(
      'Exporting runs a program on the files and settings of this workspace, and needs your trust in it. Existing masks can be viewed without.',
    ),
  import: () =>
    vscode.l10n.t(
      'Importing labels reads the image and the file by a program that needs your trust in this workspace. Existing masks can be viewed without.',
    ),
  figure: () =>
    vscode.l10n.t(
      'A figure is drawn by a program that reads the files and settings of this workspace, which needs your trust in it. Show Results shows the masks without.',
    ),
  train: () =>
    vscode.l10n.t(
      'Training runs a program on the files and settings of this workspace, and needs your trust in it. Existing masks can be viewed without.',
    ),
  run: () =>
    vscode.l10n.t(
      'Training runs are read and followed by a program that reads the files and settings of this workspace, which needs your trust in it.',
    ),
  experiment: () =>
    vscode.l10n.t(
      'Proposing an experiment runs a program that reads the pictures of this workspace, and needs your trust in it.',
    ),
  session: () =>
    vscode.l10n.t(
      'The images of a folder are listed and segmented by a program that reads the files and settings of this workspace, which needs your trust in it. Existing masks can be viewed without.',
    ),
  classes: () =>
    vscode.l10n.t(
      'Classes are read from other files, and changed in masks, by a program that reads the files and settings of this workspace, which needs your trust in it.',
    ),
  queue: () =>
    vscode.l10n.t(
      'A queue is read by a program that connects to the address in the settings of this workspace, and needs your trust in it.',
    ),
  server: () =>
    vscode.l10n.t(
      'The segmentation server is a program that reads the files and settings of this workspace, and is started only where you trust it. Existing masks can be viewed without.',
    ),
};

/**
 * Whether a feature may start the segmentation server. Without trust in the workspace the user is informed why not, and
 * may grant it.
 */
export async function requireTrust(feature: keyof typeof reasons): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const choice = await vscode.window.showWarningMessage(reasons[feature](), manage);
  if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  return vscode.workspace.isTrusted;
}
