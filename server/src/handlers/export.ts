import type { CancellationToken } from 'vscode-languageserver/node';
import { ExportRequest } from '../../../protocol/server';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked, exportParams } from './params';
import { requiredPath } from './uris';

/** `labelless/export`. */
export function registerExport({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(ExportRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { uri, mask, formats } = checked(exportParams, params);
    const path = requiredPath(uri);
    try {
      const task = { kind: 'export' as const, path, mask, formats, settings: await settings.read(uri) };
      return await checks.run<'export'>(task, { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined });
    } catch (error) {
      throw requestFailure(error);
    }
  });
}
