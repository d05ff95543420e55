import * as l10n from '@vscode/l10n';
import type { CancellationToken } from 'vscode-languageserver/node';
import path from 'node:path';
import { EvaluateRequest } from '../../../protocol/trainingMessages';
import { URI } from 'vscode-uri';
import { abortSignal, neverAborted } from './cancellation';
import type { ServerContext } from './context';
import { requestFailure } from './failure';
import { checked } from './params';
import { sendProgress } from './progress';

/** `labelless/evaluate`: a job in a lane of its own, so that neither masks nor training wait for it. */
export function registerAdaptEvaluate({ connection, measuring, settings }: ServerContext): void {
  connection.onRequest(EvaluateRequest.method, async (params: unknown, cancellation: CancellationToken) => {
    const { folder, checkpoint, workDoneToken } = checked(EvaluateRequest.schema, params);
    const send = sendProgress(connection, workDoneToken);
    send({ kind: 'begin', title: l10n.t('Evaluating {0}', path.basename(folder)), cancellable: true });
    try {
      const task = {
        kind: 'evaluate' as const,
        folder,
        checkpoint,
        settings: await settings.read(URI.file(folder).toString()),
      };
      return await measuring.run<'evaluate'>(task, {
        stop: neverAborted,
        cancel: abortSignal(cancellation),
        onEvent: event => {
          if (event.type === 'measured')
            send({ kind: 'report', message: l10n.t('Pictures: {0}', event.pictures), cancellable: true });
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
