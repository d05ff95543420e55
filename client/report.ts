import * as vscode from 'vscode';

/** What went wrong, in words for the user. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Tells the user of an error of something that they asked for; a cancellation is no error. */
export function reportError(error: unknown): void {
  if (error instanceof vscode.CancellationError) return;
  const log = vscode.l10n.t('Show Log');
  void vscode.window
    .showErrorMessage(reasonOf(error), log)
    .then(choice => choice === log && vscode.commands.executeCommand('labelless.showLog'));
}
