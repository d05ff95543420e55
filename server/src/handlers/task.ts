import type { CancellationToken } from 'vscode-languageserver/node';
import type { Lane } from '../jobs/lane';
import type { TaskKind, TaskResults, Tasks } from '../jobs/messages';
import { abortSignal, neverAborted } from './cancellation';
import { requestFailure } from './failure';

/**
 * Answers a request by a task that tells nothing on its way; cancelling the request cancels it.
 * @throws ResponseError saying why there is no answer
 */
export async function answerByTask<K extends TaskKind>(lane: Lane, makeTask: () => Promise<Tasks[K]>, cancellation: CancellationToken, priority = 0): Promise<TaskResults[K]> {
  try {
    return await lane.run<K>(await makeTask(), { stop: neverAborted, cancel: abortSignal(cancellation), onEvent: () => undefined }, priority);
  } catch (error) {
    throw requestFailure(error);
  }
}
