import type { CancellationToken } from 'vscode-languageserver/node';

/** The same cancellation as the rest of the program knows it. */
export function abortSignal(cancellation: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (cancellation.isCancellationRequested) controller.abort();
  else
    cancellation.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}

/** For work that cannot be stopped halfway. */
export const neverAborted: AbortSignal = new AbortController().signal;
