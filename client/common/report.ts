import * as vscode from 'vscode';
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient';
import { reasonOf } from '../../mask/errors';

/** Shows the user an error of their command, with a button for the log. A cancellation is not an error. */
export function reportError(error: unknown): void {
  if (error instanceof vscode.CancellationError) return;
  const log = vscode.l10n.t('Show Log');
  void vscode.window
    .showErrorMessage(reasonOf(error), log)
    .then(choice => choice === log && vscode.commands.executeCommand('labelless.showLog'));
}

/** The progress that the server reports for a request. */
export type WorkProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/**
 * A listener that shows a request's progress in VS Code. The server reports the percentage so far, and VS Code takes
 * what has been added since the last report.
 */
export function showProgress(
  progress: vscode.Progress<{ message?: string; increment?: number }>,
): (value: WorkProgress) => void {
  let percentage = 0;
  return value => {
    if (value.kind !== 'report') return;
    const now = value.percentage ?? percentage;
    progress.report({
      increment: Math.max(0, now - percentage),
      ...(value.message !== undefined && { message: value.message }),
    });
    percentage = Math.max(percentage, now);
  };
}
