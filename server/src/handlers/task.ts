import * as l10n from '@vscode/l10n';
import type { CancellationToken, Connection, ProgressToken } from 'vscode-languageserver/node';
import type { Lane } from '../jobs/lane';
import type { TaskKind, TaskResults, Tasks } from '../jobs/messages';
import { abortSignal, neverAborted } from './cancellation';
import { requestFailure } from './failure';
import { sendProgress } from './progress';

/**
 * Answers a request by a task that tells nothing on its way; cancelling the request cancels it.
 * @throws ResponseError saying why there is no answer
 */
export async function answerByTask<K extends TaskKind>(
  lane: Lane,
  makeTask: () => Promise<Tasks[K]>,
  cancellation: CancellationToken,
  priority = 0,
): Promise<TaskResults[K]> {
  try {
    return await lane.run<K>(
      await makeTask(),
      { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined },
      priority,
    );
  } catch (error) {
    throw requestFailure(error);
  }
}

/** How a task over images tells of its progress. */
interface Watched {
  readonly connection: Connection;
  readonly token: ProgressToken | undefined;
  readonly title: string;
  /** Images. */ readonly count: number;
  readonly lane: Lane;
}

/** The same for a task over many images, which tells how many it has done and what is worth logging. */
export async function answerWithProgress<K extends TaskKind>(
  { connection, token, title, count, lane }: Watched,
  makeTask: () => Promise<Tasks[K]>,
  cancellation: CancellationToken,
): Promise<TaskResults[K]> {
  const send = sendProgress(connection, token);
  send({ kind: 'begin', title, cancellable: true, percentage: 0 });
  try {
    return await lane.run<K>(await makeTask(), {
      stop: neverAborted,
      cancel: abortSignal(cancellation),
      onEvent: event => {
        if (event.type === 'measured')
          send({
            kind: 'report',
            percentage: Math.floor((100 * event.pictures) / count),
            message: l10n.t('{0} of {1}', event.pictures, count),
            cancellable: true,
          });
        if (event.type === 'log') connection.console[event.level](event.message);
      },
    });
  } catch (error) {
    throw requestFailure(error);
  } finally {
    send({ kind: 'end' });
  }
}
