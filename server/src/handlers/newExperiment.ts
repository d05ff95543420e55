import { ErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { layOut } from '../experiments/experimentText';
import { NewExperimentRequest, type NewExperimentResult } from '../../../protocol/trainingMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerByTask } from './task';
import { localPath } from './uris';

/** `labelless/newExperiment`. */
export function registerNewExperiment({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(
    NewExperimentRequest.method,
    async (params: unknown, cancellation: CancellationToken): Promise<NewExperimentResult> => {
      const { folder, labelled, photos } = checked(NewExperimentRequest.schema, params);
      const places = { base: local(folder), labelled: local(labelled), photos: local(photos) };
      const proposal = await answerByTask<'propose'>(
        checks,
        async () => ({ kind: 'propose', ...places, settings: await settings.read(labelled) }),
        cancellation,
        1,
      );
      return { text: layOut(proposal.experiment), labelled: proposal.labelled };
    },
  );
}

function local(uri: string): string {
  const path = localPath(uri);
  if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `${uri} is not a folder on this machine`);
  return path;
}
