import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { NewExperimentRequest, type NewExperimentResult } from '../../../protocol/experiments';
import { layOut } from '../experiments/layOut';
import { CancelledError } from '../jobs/errors';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { checked, newExperimentParams } from './params';
import { localPath } from './uris';

/** `labelless/newExperiment`. */
export function registerNewExperiment({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(NewExperimentRequest.method, async (params: unknown, cancellation: CancellationToken): Promise<NewExperimentResult> => {
    const { folder, labelled, photos } = checked(newExperimentParams, params);
    const task = { kind: 'propose' as const, base: local(folder), labelled: local(labelled), photos: local(photos), settings: await settings.read(labelled) };
    try {
      const proposal = await checks.run<'propose'>(task, { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined }, 1);
      return { text: layOut(proposal.experiment), labelled: proposal.labelled };
    } catch (error) {
      if (error instanceof CancelledError) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw new ResponseError(LSPErrorCodes.RequestFailed, error instanceof Error ? error.message : String(error));
    }
  });
}

function local(uri: string): string {
  const path = localPath(uri);
  if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is not a folder on this machine`);
  return path;
}
