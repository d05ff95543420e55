import type { CancellationToken } from 'vscode-languageserver/node';
import { HeaderRequest, PictureRequest } from '../../../protocol/server';
import type { TaskResults } from '../jobs/messages';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked, pictureParams } from './params';
import { requiredPath } from './uris';

/** `labelless/picture` and `labelless/header`. */
export function registerPicture({ connection, quick, settings }: ServerContext): void {
  const answer = <K extends 'picture' | 'header'>(kind: K) => async (params: unknown, cancellation: CancellationToken): Promise<TaskResults[K]> => {
    const { uri } = checked(pictureParams, params);
    const path = requiredPath(uri);
    try {
      const control = { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined };
      const task = { path, settings: await settings.read(uri) };
      return await quick.run<'picture' | 'header'>({ ...task, kind }, control) as TaskResults[K];
    } catch (error) {
      throw requestFailure(error);
    }
  };
  connection.onRequest(PictureRequest.method, answer('picture'));
  connection.onRequest(HeaderRequest.method, answer('header'));
}
