import * as vscode from 'vscode';
import type { WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from 'vscode-languageclient';

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

/** The progress that the server reports while it works on a request. */
export type WorkProgress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** Shows a request's progress, which counts up to 100, as VS Code wants it: by what has been added. */
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
