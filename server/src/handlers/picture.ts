import type { CancellationToken } from 'vscode-languageserver/node';
import { HeaderRequest, PictureRequest } from '../../../protocol/imageMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerByTask } from './task';
import { requiredPath } from './uris';

/** `labelless/picture` and `labelless/header`. */
export function registerPicture({ connection, quick, settings }: ServerContext): void {
  const answer = (kind: 'picture' | 'header') => (params: unknown, cancellation: CancellationToken) => {
    const { uri } = checked(HeaderRequest.schema, params);
    const path = requiredPath(uri);
    return answerByTask<'picture' | 'header'>(
      quick,
      async () => ({ kind, path, settings: await settings.read(uri) }),
      cancellation,
    );
  };
  connection.onRequest(PictureRequest.method, answer('picture'));
  connection.onRequest(HeaderRequest.method, answer('header'));
}
