import type { CancellationToken } from 'vscode-languageserver/node';
import { ThumbnailRequest } from '../../../protocol/server';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked, thumbnailParams } from './params';
import { requiredPath } from './uris';

/** `labelless/thumbnail`. */
export function registerThumbnail({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(ThumbnailRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { uri, mask } = checked(thumbnailParams, params);
    try {
      const task = { kind: 'thumbnail' as const, path: requiredPath(uri), mask, settings: await settings.read(uri) };
      return await checks.run<'thumbnail'>(task, { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined });
    } catch (error) {
      throw requestFailure(error);
    }
  });
}
