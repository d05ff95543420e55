import type * as vscode from 'vscode';
import type { WorkProgress } from './server/languageClient';

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
