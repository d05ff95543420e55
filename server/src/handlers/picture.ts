import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver/node';
import { PictureRequest } from '../../../protocol/server';
import { CancelledError } from '../jobs/errors';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { checked, pictureParams } from './params';
import { localPath } from './uris';

/** `labelless/picture`. */
export function registerPicture({ connection, quick, settings }: ServerContext): void {
  connection.onRequest(PictureRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { uri } = checked(pictureParams, params);
    const path = localPath(uri);
    if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `uri: ${uri} is not a file on this machine`);
    try {
      const task = { kind: 'picture' as const, path, settings: await settings.read(uri) };
      return await quick.run<'picture'>(task, { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined });
    } catch (error) {
      if (error instanceof CancelledError) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw new ResponseError(LSPErrorCodes.RequestFailed, error instanceof Error ? error.message : String(error));
    }
  });
}
