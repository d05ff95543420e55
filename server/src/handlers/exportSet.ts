import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode-languageserver/node';
import { ExportSetRequest } from '../../../protocol/exportMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerWithProgress } from './task';
import { requiredPath } from './uris';

/** `labelless/exportSet`: holds up no editor, since it may take long. */
export function registerExportSet({ connection, measuring, settings }: ServerContext): void {
  connection.onRequest(ExportSetRequest.method, (params: unknown, cancellation: CancellationToken) => {
    const { images, format, folder, replace, workDoneToken } = checked(ExportSetRequest.schema, params);
    const paths = images.map(({ uri, mask }) => ({ image: requiredPath(uri), mask: requiredPath(mask) }));
    const at = requiredPath(folder);
    return answerWithProgress<'exportSet'>(
      { connection, token: workDoneToken, title: l10n.t('Exporting masks'), count: images.length, lane: measuring },
      async () => ({
        kind: 'exportSet',
        images: paths,
        format,
        folder: at,
        replace,
        settings: await settings.read(images[0].uri),
      }),
      cancellation,
    );
  });
}
