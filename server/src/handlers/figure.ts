import type { CancellationToken } from 'vscode-languageserver/node';
import { FigureRequest } from '../../../protocol/server';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked, figureParams } from './params';
import { sendProgress } from './progress';
import { requiredPath } from './uris';

/** `labelless/figure`: segmenting by both methods waits its turn among training jobs, drawing masks that there are does not. */
export function registerFigure({ connection, checks, training, settings }: ServerContext): void {
  connection.onRequest(FigureRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { images, output, methods, workDoneToken } = checked(figureParams, params);
    const paths = images.map(({ uri, mask }) => ({ path: requiredPath(uri), mask }));
    const send = sendProgress(connection, workDoneToken);
    send({ kind: 'begin', title: 'Drawing a figure', cancellable: true, percentage: 0 });
    try {
      const task = { kind: 'figure' as const, images: paths, output: requiredPath(output), methods, settings: await settings.read(images[0].uri) };
      return await (methods ? training : checks).run<'figure'>(task, {
        stop: neverAborted, cancel: abortSignal(cancellation),
        onEvent: event => {
          if (event.type === 'measured') send({ kind: 'report', percentage: Math.floor((100 * event.pictures) / images.length), message: `${event.pictures} of ${images.length}`, cancellable: true });
          if (event.type === 'log') connection.console[event.level](event.message);
        },
      });
    } catch (error) {
      throw requestFailure(error);
    } finally {
      send({ kind: 'end' });
    }
  });
}
