import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode-languageserver/node';
import { FigureRequest } from '../../../protocol/exportMessages';
import type { ServerContext } from './context';
import { checked } from './params';
import { answerWithProgress } from './task';
import { requiredPath } from './uris';

/**
 * `labelless/figure`: segmenting by both methods waits its turn among training jobs, drawing masks that there are does
 * not.
 */
export function registerFigure({ connection, checks, training, settings }: ServerContext): void {
  connection.onRequest(FigureRequest.method, (params: unknown, cancellation: CancellationToken) => {
    const { images, output, methods, workDoneToken } = checked(FigureRequest.schema, params);
    const paths = images.map(({ uri, mask }) => ({ path: requiredPath(uri), mask }));
    const at = requiredPath(output);
    return answerWithProgress<'figure'>(
      {
        connection,
        token: workDoneToken,
        title: l10n.t('Drawing a figure'),
        count: images.length,
        lane: methods ? training : checks,
      },
      async () => ({
        kind: 'figure',
        images: paths,
        output: at,
        methods,
        settings: await settings.read(images[0].uri),
      }),
      cancellation,
    );
  });
}
