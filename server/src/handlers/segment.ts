import path from 'node:path';
import type { ProgressToken } from 'vscode-languageserver/node';
import type * as z from 'zod';
import { reasonOf } from '../../../mask/errors';
import {
  PreviewNotification,
  SegmentRequest,
  StopNotification,
  stopParams,
  type PreviewParams,
  type SegmentOutcome,
  type SegmentResult,
  type SegmentTarget,
} from '../../../protocol/segmentMessages';
import type { Settings } from '../../../protocol/settings';
import { CancelledError, JobError } from '../jobs/jobErrors';
import type { SegmentTask, TaskEvent } from '../jobs/jobMessages';
import type { ServerContext } from './serverState';
import { SegmentationProgress } from './progress';
import { handleRequest, checkParams } from './requests';
import { chooseTargets, segmentTargets, type ImageTarget } from './segmentTargets';

/** A segment request in work. */
interface SegmentCall {
  readonly params: z.output<typeof SegmentRequest.schema>;
  /** The paths of all its images. */
  readonly files: readonly string[];
  readonly progress: SegmentationProgress;
  readonly cancel: AbortSignal;
}

/**
 * Registers the segmentation of images. Each image is a job of its own, so that another request can be served in
 * between.
 */
export function registerSegment(context: ServerContext): void {
  const { connection, segmentRequests } = context;
  handleRequest(connection, SegmentRequest, async (params, cancel) => {
    const { uris, target, skip, workDoneToken } = params;
    segmentRequests.open(workDoneToken);
    const progress = new SegmentationProgress(connection, workDoneToken);
    try {
      const targets = await segmentTargets(uris, target, skip);
      const files = targets.map(image => image.path);
      return await segmentAll(context, targets, { params, files, progress, cancel });
    } finally {
      progress.end();
      segmentRequests.close(workDoneToken);
    }
  });
  connection.onNotification(StopNotification.method, (params: unknown) => {
    const { token } = checkParams(stopParams, params);
    if (!segmentRequests.stop(token)) connection.console.info(`Nothing to stop: no request "${token}" is running.`);
  });
}

async function segmentAll(
  context: ServerContext,
  targets: readonly ImageTarget[],
  call: SegmentCall,
): Promise<SegmentResult> {
  const { cancel, progress } = call;
  const outcomes: SegmentOutcome[] = [];
  const { chosen, leftOut } = await chooseTargets(context, targets);
  for (const [index, target] of chosen.entries()) {
    if (cancel.aborted) return { outcomes, leftOut, cancelled: true };
    progress.start(path.basename(target.path), index, chosen.length);
    try {
      outcomes.push(
        target.error === undefined
          ? await segmentOne(context, target, call)
          : failedOutcome(context, target.uri, new JobError(target.error)),
      );
    } catch (error) {
      if (error instanceof CancelledError) return { outcomes, leftOut, cancelled: true };
      outcomes.push(failedOutcome(context, target.uri, error));
    }
  }
  return { outcomes, leftOut, cancelled: cancel.aborted };
}

async function segmentOne(
  context: ServerContext,
  { uri, path: file, named }: ImageTarget,
  call: SegmentCall,
): Promise<SegmentOutcome> {
  const { target, workDoneToken, ahead } = call.params;
  const settings = overridden(await context.settings.read(uri), call);
  const task = { ...segmentTask(file, settings, call), named };
  const control = {
    stop: context.segmentRequests.nextImage(workDoneToken),
    cancel: call.cancel,
    onEvent: eventHandler(context, uri, call),
  };
  const result = ahead
    ? await context.lanes.background.run(task, control)
    : await context.lanes.segmentation.run(task, control, priorityOf(target));
  if (call.cancel.aborted && target === 'return') throw new CancelledError();
  context.diagnostics.clear(uri);
  return { uri, ...result };
}

/** A user waits for what is returned, in an editor: it goes ahead of batches. */
function priorityOf(target: SegmentTarget): number {
  return target === 'return' ? 1 : 0;
}

function segmentTask(path: string, settings: Settings, { params, files }: SegmentCall): Omit<SegmentTask, 'named'> {
  const { target, sharedLabels, scribbles } = params;
  return {
    kind: 'segment',
    path,
    target,
    settings,
    siblings: target === 'write' ? siblingsOf(path, settings, files) : [],
    references: sharedLabels ? [...files] : [],
    ...(scribbles && { scribbles }),
  };
}

/**
 * The files whose outputs share a folder with those of `file`. Outputs beside the images share it within a folder only.
 */
function siblingsOf(file: string, { output }: Settings, files: readonly string[]): string[] {
  return files.filter(other => output.folder !== '' || path.dirname(other) === path.dirname(file));
}

/** The settings with the values that the request overrides. */
function overridden(settings: Settings, { params }: SegmentCall): Settings {
  const { method = settings.method, checkpoint = settings.adaptation.checkpoint, sharedLabels, view } = params;
  return {
    ...settings,
    ...(view && { image: view }),
    method: sharedLabels ? 'clustering' : method,
    adaptation: { ...settings.adaptation, checkpoint },
  };
}

/** A function that passes the events of one image's task on to the client. */
function eventHandler(
  { connection, status }: ServerContext,
  uri: string,
  { params: { target, ahead, workDoneToken }, progress }: SegmentCall,
): (event: TaskEvent) => void {
  let sequence = 0;
  const sendPreview = (token: ProgressToken, preview: Omit<PreviewParams, 'token' | 'uri' | 'sequence'>) => {
    const params: PreviewParams = { token, uri, sequence: sequence++, ...preview };
    void connection.sendNotification(PreviewNotification.method, params);
  };
  return event => {
    switch (event.type) {
      case 'progress':
        progress.report(event);
        break;
      case 'preview':
        if (target === 'return' && !ahead && workDoneToken !== undefined) sendPreview(workDoneToken, event.preview);
        break;
      case 'backend':
        status.uses(event.name, event.trials);
        break;
      case 'log':
        connection.console[event.level](event.message);
        break;
      case 'pictures':
      case 'listed':
        break; // of other tasks
    }
  };
}

function failedOutcome({ diagnostics, connection }: ServerContext, uri: string, error: unknown): SegmentOutcome {
  const message = reasonOf(error);
  const setting = error instanceof JobError ? error.setting : undefined;
  // Any other error is a mistake in this program: its stack helps to mend it.
  connection.console.error(error instanceof JobError || !(error instanceof Error) ? message : (error.stack ?? message));
  diagnostics.report(uri, message, setting);
  return { uri, error: message, ...(setting !== undefined && { setting }) };
}
