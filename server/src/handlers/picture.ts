import type { CancellationToken } from 'vscode-languageserver/node';
import { PictureRequest } from '../../../protocol/server';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked, pictureParams } from './params';
import { requiredPath } from './uris';

/** `labelless/picture`. */
export function registerPicture({ connection, quick, settings }: ServerContext): void {
  connection.onRequest(PictureRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { uri } = checked(pictureParams, params);
    const path = requiredPath(uri);
    try {
      const task = { kind: 'picture' as const, path, settings: await settings.read(uri) };
      return await quick.run<'picture'>(task, { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined });
    } catch (error) {
      throw requestFailure(error);
    }
  });
}
