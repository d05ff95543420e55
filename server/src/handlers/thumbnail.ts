import type { CancellationToken } from 'vscode-languageserver/node';
import { ThumbnailRequest } from '../../../protocol/imageMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerByTask } from './task';
import { requiredPath } from './uris';

/** `labelless/thumbnail`. */
export function registerThumbnail({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(ThumbnailRequest.method, (params: unknown, cancellation: CancellationToken) => {
    const { uri, mask } = checked(ThumbnailRequest.schema, params);
    const path = requiredPath(uri);
    return answerByTask<'thumbnail'>(
      checks,
      async () => ({ kind: 'thumbnail', path, mask, settings: await settings.read(uri) }),
      cancellation,
    );
  });
}
