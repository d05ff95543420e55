import type { CancellationToken } from 'vscode-languageserver/node';
import { ExportRequest } from '../../../protocol/exportMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerByTask } from './task';
import { requiredPath } from './uris';

/** `labelless/export`. */
export function registerExport({ connection, checks, settings }: ServerContext): void {
  connection.onRequest(ExportRequest.method, (params: unknown, cancellation: CancellationToken) => {
    const { uri, mask, formats } = checked(ExportRequest.schema, params);
    const path = requiredPath(uri);
    return answerByTask<'export'>(
      checks,
      async () => ({ kind: 'export', path, mask, formats, settings: await settings.read(uri) }),
      cancellation,
    );
  });
}
