import path from 'node:path';
import type { CancellationToken, ProgressToken } from 'vscode-languageserver/node';
import {
  SegmentRequest,
  type ScribbleParams,
  type SegmentOutcome,
  type SegmentResult,
  type SegmentTarget,
} from '../../../protocol/segmentMessages';
import type { MethodName, Settings } from '../../../protocol/settings';
import { CancelledError, JobError } from '../jobs/errors';
import type { SegmentTask } from '../jobs/messages';
import { abortSignal } from './cancellation';
import type { ServerContext } from './context';
import { checked } from './params';
import { PreviewSender } from './previews';
import { RunProgress } from './progress';
import { expand, type Target } from './targets';

/** One call of `labelless/segment`. */
interface Call {
  token: ProgressToken | undefined;
  target: SegmentTarget;
  /** In place of the settings. */
  method: MethodName | undefined;
  checkpoint: string | undefined;
  /** Whether one network labels all. */
  sharedLabels: boolean;
  cancel: AbortSignal;
  /** All files of the call. */
  files: string[];
  progress: RunProgress;
  scribbles: ScribbleParams | undefined;
}

/**
 * `labelless/segment`: the images one after the other, each a job of its own, so that another request gets in between.
 */
export function registerSegment(context: ServerContext): void {
  context.connection.onRequest(
    SegmentRequest.method,
    async (params: unknown, cancellation: CancellationToken): Promise<SegmentResult> => {
      const {
        uris,
        target,
        skip,
        method,
        checkpoint,
        sharedLabels,
        workDoneToken: token,
        scribbles,
      } = checked(SegmentRequest.schema, params);
      context.requests.open(token);
      const progress = new RunProgress(context.connection, token);
      try {
        const targets = await expand(uris, target, skip);
        const files = targets.map(({ path }) => path);
        return await segmentAll(context, targets, {
          token,
          target,
          method: sharedLabels ? 'clustering' : method,
          checkpoint,
          sharedLabels,
          cancel: abortSignal(cancellation),
          files,
          progress,
          scribbles,
        });
      } finally {
        progress.end();
        context.requests.close(token);
      }
    },
  );
}

async function segmentAll(context: ServerContext, targets: readonly Target[], call: Call): Promise<SegmentResult> {
  const outcomes: SegmentOutcome[] = [];
  for (const [index, target] of targets.entries()) {
    if (call.cancel.aborted) return { outcomes, cancelled: true };
    call.progress.start(path.basename(target.path), index, targets.length);
    try {
      outcomes.push(
        target.error === undefined
          ? await segmentOne(context, target, call)
          : failed(context, target.uri, new JobError(target.error)),
      );
    } catch (error) {
      if (error instanceof CancelledError) return { outcomes, cancelled: true };
      outcomes.push(failed(context, target.uri, error));
    }
  }
  return { outcomes, cancelled: call.cancel.aborted };
}

async function segmentOne(context: ServerContext, { uri, path: file }: Target, call: Call): Promise<SegmentOutcome> {
  const { token, target, cancel, files, progress, scribbles } = call;
  const { status, connection } = context;
  const settings = overridden(await context.settings.read(uri), call);
  // Outputs beside the images meet only those of their own folder.
  const siblings =
    settings.output.folder === '' ? files.filter(other => path.dirname(other) === path.dirname(file)) : files;
  const references = call.sharedLabels ? files : [];
  const task: SegmentTask = {
    kind: 'segment',
    path: file,
    target,
    settings,
    siblings: target === 'write' ? siblings : [],
    references,
    ...(scribbles && { scribbles }),
  };
  const previews = target === 'return' && token !== undefined ? new PreviewSender(connection, token, uri) : undefined;
  const result = await context.training.run<'segment'>(
    task,
    {
      stop: context.requests.next(token),
      cancel,
      onEvent: event => {
        switch (event.type) {
          case 'progress':
            progress.report(event);
            break;
          case 'preview':
            previews?.send(event.preview);
            break;
          case 'backend':
            status.uses(event.name, event.trials);
            break;
          case 'log':
            connection.console[event.level](event.message);
            break;
          case 'measured':
            break; // of other tasks
        }
      },
    },
    target === 'return' ? 1 : 0,
  ); // someone is looking at an editor: ahead of batches
  if (cancel.aborted && target === 'return') throw new CancelledError();
  context.diagnostics.clear(uri);
  return { uri, ...result };
}

function overridden(
  settings: Settings,
  { method = settings.method, checkpoint = settings.adaptation.checkpoint }: Call,
): Settings {
  return { ...settings, method, adaptation: { checkpoint } };
}

function failed({ diagnostics, connection }: ServerContext, uri: string, error: unknown): SegmentOutcome {
  const message = error instanceof Error ? error.message : String(error);
  const setting = error instanceof JobError ? error.setting : undefined;
  // Whatever is no JobError is our own mistake: its stack helps whoever mends it.
  connection.console.error(error instanceof JobError || !(error instanceof Error) ? message : (error.stack ?? message));
  diagnostics.report(uri, message, setting);
  return { uri, error: message, ...(setting !== undefined && { setting }) };
}
