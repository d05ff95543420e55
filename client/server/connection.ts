import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  WorkDoneProgress,
  type ConfigurationParams,
  type ErrorHandler,
  type Middleware,
  type NotificationType,
} from 'vscode-languageclient/node';
import type * as z from 'zod';
import { classFileName } from '../../mask/classes/classFileName';
import { imageExtensions } from '../../mask/files/fileNames';
import type { ServerRequest } from '../../protocol/request';
import { PreviewNotification, type PreviewParams } from '../../protocol/segmentMessages';
import { ImagesNotification, type ImagesPart } from '../../protocol/sessionMessages';
import { StatusNotification, type ServerStatus } from '../../protocol/statusMessages';
import { TrainingNotification } from '../../protocol/trainingMessages';
import type { TrainingUpdate } from '../../protocol/trainingRun';
import { experimentLanguage } from '../common/contributions';
import { resolveFolder } from '../common/maskLocations';
import type { WorkProgress } from '../common/report';

// This module draws in the whole language client: only `server.ts` imports it, when the server is first needed.

export interface ConnectionEvents {
  readonly onPreview: (params: PreviewParams) => void;
  readonly onTraining: (update: TrainingUpdate) => void;
  readonly onImages: (part: ImagesPart) => void;
  readonly onStatus: (status: ServerStatus) => void;
  /** Called when the server's process has ended; it is started again where `restarting`. */
  readonly onClosed: (restarting: boolean) => void;
}

/** The options of a request. */
export interface RequestOptions {
  /** Cancels the request. */
  readonly token?: vscode.CancellationToken;
  /** Called with the request's work-done progress. */
  readonly progress?: (value: WorkProgress) => void;
}

/** Makes the folders in settings absolute: they are resolved here, where workspace folders are known. */
function absoluteFolders(item: ConfigurationParams['items'][number], value: unknown): unknown {
  if (item.section !== 'labelless' || item.scopeUri === undefined || typeof value !== 'object' || value === null)
    return value;
  const scope = vscode.Uri.parse(item.scopeUri);
  const absolute = (group: unknown, key: string): unknown => {
    const folder = typeof group === 'object' && group !== null ? (group as Record<string, unknown>)[key] : undefined;
    return typeof folder === 'string' ? { ...(group as object), [key]: resolveFolder(folder, scope) ?? '' } : group;
  };
  const { output, adaptation } = value as { output?: unknown; adaptation?: unknown };
  return { ...value, output: absolute(output, 'folder'), adaptation: absolute(adaptation, 'checkpoint') };
}

const middleware: Middleware = {
  workspace: {
    async configuration(params, token, next) {
      const values = await next(params, token);
      return Array.isArray(values) ? params.items.map((item, index) => absoluteFolders(item, values[index])) : values;
    },
  },
};

/** Starts `dist/server.js` and exchanges messages with it. */
export class Connection {
  private constructor(
    private readonly client: LanguageClient,
    private readonly deletions: vscode.Disposable,
  ) {}

  /** @param maxRestarts how often within three minutes a server that dies is started again */
  static async start(
    module: string,
    log: vscode.LogOutputChannel,
    maxRestarts: number,
    events: ConnectionEvents,
  ): Promise<Connection> {
    const run = { module, transport: TransportKind.ipc };
    // The problems of deleted images go.
    const deletions = vscode.workspace.createFileSystemWatcher(`**/*.{${imageExtensions.join()}}`, true, true, false);
    // The default handler counts deaths and gives up as we want it; how that is shown is ours.
    const errorHandler: ErrorHandler = {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        const { action } = await defaultHandler.closed();
        events.onClosed(action === CloseAction.Restart);
        return { action, handled: true };
      },
    };
    const client = new LanguageClient(
      'labelless',
      'Labelless',
      { run, debug: { ...run, options: { execArgv: ['--inspect=6009'] } } }, // see .vscode/launch.json
      {
        documentSelector: [
          ...['file', 'untitled'].map(scheme => ({ scheme, language: experimentLanguage })),
          { scheme: 'file', pattern: `**/${classFileName}` },
        ],
        outputChannel: log,
        middleware,
        errorHandler,
        initializationFailedHandler: () => false,
        synchronize: { fileEvents: deletions },
      },
    );
    const defaultHandler = client.createDefaultErrorHandler(maxRestarts);
    client.onNotification(PreviewNotification, events.onPreview);
    client.onNotification(ImagesNotification, events.onImages);
    client.onNotification(TrainingNotification, events.onTraining);
    client.onNotification(StatusNotification, events.onStatus);
    await client.start();
    return new Connection(client, deletions);
  }

  /** The server's process, for tests that end it. */
  get processId(): number | undefined {
    return this.client.serverProcess?.pid;
  }

  async request<Params extends z.ZodType, Result>(
    request: ServerRequest<Params, Result>,
    params: z.input<Params>,
    { token, progress }: RequestOptions,
  ): Promise<Result> {
    const cancellation = token ? [token] : []; // an argument that is undefined would count as a parameter
    if (!progress) return this.client.sendRequest<Result>(request.method, params, ...cancellation);
    const workDoneToken = randomUUID();
    const listener = this.client.onProgress(WorkDoneProgress.type, workDoneToken, progress);
    try {
      const withToken = Object.assign({}, params, { workDoneToken });
      return await this.client.sendRequest<Result>(request.method, withToken, ...cancellation);
    } finally {
      listener.dispose();
    }
  }

  notify<Params>(notification: NotificationType<Params>, params: Params): Promise<void> {
    return this.client.sendNotification(notification.method, params);
  }

  dispose(): Promise<void> {
    this.deletions.dispose();
    return this.client.dispose();
  }
}
