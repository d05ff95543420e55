import * as l10n from '@vscode/l10n';
import { reasonOf } from '../../../mask/errors';
import { CarryLabelsRequest, PropagateRequest, type PropagateResult } from '../../../protocol/seriesMessages';
import { CancelledError } from '../jobs/jobErrors';
import type { TaskEvent } from '../jobs/jobMessages';
import { withTaskProgress, writeLog } from './progress';
import { handleRequest, requiredPath } from './requests';
import type { ServerContext } from './serverState';

/** Registers the requests about series of images, in which one takes the labels of the one before. */
export function registerSeries(context: ServerContext): void {
  const { connection, lanes, settings } = context;
  handleRequest(connection, CarryLabelsRequest, async ({ previous, next }, cancel) => {
    const task = {
      kind: 'carryLabels' as const,
      previous: { path: requiredPath(previous.uri), mask: previous.mask },
      next: { path: requiredPath(next.uri), mask: next.mask },
      settings: await settings.read(next.uri),
    };
    const onEvent = (event: TaskEvent) => {
      writeLog(connection, event);
    };
    return lanes.inspection.run(task, { cancel, onEvent }, 1); // somebody waits for it
  });

  handleRequest(connection, PropagateRequest, async ({ from, images, workDoneToken }, cancel) => {
    const progress = { token: workDoneToken, title: l10n.t('Propagating labels'), count: images.length };
    return withTaskProgress(connection, progress, onEvent => propagate(context, { from, images, cancel, onEvent }));
  });
}

interface Propagation {
  readonly from: string;
  readonly images: readonly string[];
  readonly cancel: AbortSignal;
  readonly onEvent: (event: TaskEvent) => void;
}

/** Gives the images their labels one after the other: each is a job, so that other work can come between. */
async function propagate(
  { lanes, settings }: ServerContext,
  { from, images, cancel, onEvent }: Propagation,
): Promise<PropagateResult> {
  const result: PropagateResult = { written: [], kept: [], cancelled: false };
  let previous = { file: requiredPath(from), right: 1 };
  for (const [index, uri] of images.entries()) {
    try {
      const path = requiredPath(uri);
      const task = { kind: 'propagate' as const, path, previous, settings: await settings.read(uri) };
      const outcome = await lanes.segmentation.run(task, { cancel, onEvent });
      if (outcome.kind !== 'kept' && outcome.round !== undefined) result.round = outcome.round;
      if (outcome.kind === 'unsure') return { ...result, stopped: { uri, right: outcome.right } };
      (outcome.kind === 'written' ? result.written : result.kept).push(uri);
      if (outcome.kind === 'written') previous = { file: path, right: outcome.right };
      else if (outcome.isLabelled) previous = { file: path, right: 1 }; // by a person
    } catch (error) {
      if (error instanceof CancelledError) return { ...result, cancelled: true };
      return { ...result, stopped: { uri, error: reasonOf(error) } };
    }
    onEvent({ type: 'pictures', done: index + 1 });
  }
  return result;
}
