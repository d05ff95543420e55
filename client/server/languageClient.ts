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
  type ProgressToken,
} from 'vscode-languageclient/node';
import { imageExtensions } from '../../mask/files/fileNames';
import { TrainingNotification } from '../../protocol/trainingMessages';
import type { TrainingUpdate } from '../../protocol/trainingRun';
import {
  NewExperimentRequest,
  type NewExperimentParams,
  type NewExperimentResult,
} from '../../protocol/trainingMessages';
import {
  ExportRequest,
  ExportSetRequest,
  FigureRequest,
  type ExportParams,
  type ExportResult,
  type ExportSetParams,
  type ExportSetResult,
  type FigureParams,
  type FigureResult,
} from '../../protocol/exportMessages';
import {
  HeaderRequest,
  PictureRequest,
  ThumbnailRequest,
  type ImageHeader,
  type EncodedPicture,
} from '../../protocol/imageMessages';
import {
  PreviewNotification,
  SegmentRequest,
  StopNotification,
  type PreviewParams,
  type SegmentParams,
  type SegmentResult,
} from '../../protocol/segmentMessages';
import { StatusNotification, StatusRequest, type ServerStatus } from '../../protocol/statusMessages';
import type { MaybeInFile } from '../../protocol/request';
import { experimentLanguage } from '../common/contributions';
import { resolveFolder } from '../common/maskLocations';
import type { WorkProgress } from '../common/report';
import { TrainingClient } from './trainingClient';

// This module draws in the whole language client: only `server.ts` imports it, when the server is first needed.

export interface ClientEvents {
  preview(params: PreviewParams): void;
  training(params: TrainingUpdate): void;
  status(status: ServerStatus): void;
  /** The server's process is gone; answers whether to start another. */
  died(): boolean;
}

/** Settings as the server may use them: folders absolute, resolved where workspace folders are known. */
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
      return Array.isArray(values)
        ? values.map((value: unknown, index) => absoluteFolders(params.items[index], value))
        : values;
    },
  },
};

function errorHandler(events: ClientEvents): ErrorHandler {
  return {
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => ({ action: events.died() ? CloseAction.Restart : CloseAction.DoNotRestart, handled: true }),
  };
}

/** Starts `dist/server.js` and speaks with it. */
export class Connection {
  readonly training: TrainingClient;

  private constructor(
    private readonly client: LanguageClient,
    private readonly deletions: vscode.Disposable,
  ) {
    this.training = new TrainingClient(client);
  }

  static async start(module: string, log: vscode.LogOutputChannel, events: ClientEvents): Promise<Connection> {
    const run = { module, transport: TransportKind.ipc };
    // Of deleted images alone: their problems go.
    const deletions = vscode.workspace.createFileSystemWatcher(`**/*.{${imageExtensions.join()}}`, true, true, false);
    const client = new LanguageClient(
      'labelless',
      'Labelless',
      { run, debug: run },
      {
        documentSelector: ['file', 'untitled'].map(scheme => ({ scheme, language: experimentLanguage })),
        outputChannel: log,
        middleware,
        errorHandler: errorHandler(events),
        initializationFailedHandler: () => false,
        synchronize: { fileEvents: deletions },
      },
    );
    client.onNotification(PreviewNotification, params => {
      events.preview(params);
    });
    client.onNotification(TrainingNotification, params => {
      events.training(params);
    });
    client.onNotification(StatusNotification, status => {
      events.status(status);
    });
    await client.start();
    return new Connection(client, deletions);
  }

  /** The server's process, for tests that end it. */
  get processId(): number | undefined {
    return this.client.serverProcess?.pid;
  }

  segment(
    params: SegmentParams,
    cancellation: vscode.CancellationToken,
    progress?: (value: WorkProgress) => void,
  ): Promise<SegmentResult> {
    return this.listening(params, progress, () => this.client.sendRequest(SegmentRequest, params, cancellation));
  }

  figure(
    params: FigureParams,
    cancellation: vscode.CancellationToken,
    progress: (value: WorkProgress) => void,
  ): Promise<FigureResult> {
    return this.listening(params, progress, () => this.client.sendRequest(FigureRequest, params, cancellation));
  }

  stop(token: string): Promise<void> {
    return this.client.sendNotification(StopNotification, { token });
  }

  export(params: ExportParams): Promise<ExportResult> {
    return this.client.sendRequest(ExportRequest, params);
  }

  exportSet(
    params: ExportSetParams,
    cancellation: vscode.CancellationToken,
    progress: (value: WorkProgress) => void,
  ): Promise<ExportSetResult> {
    return this.listening(params, progress, () => this.client.sendRequest(ExportSetRequest, params, cancellation));
  }

  picture(uri: string): Promise<MaybeInFile<EncodedPicture>> {
    return this.client.sendRequest(PictureRequest, { uri });
  }

  thumbnail(uri: string, mask: string): Promise<{ webp: string }> {
    return this.client.sendRequest(ThumbnailRequest, { uri, mask });
  }

  header(uri: string): Promise<ImageHeader> {
    return this.client.sendRequest(HeaderRequest, { uri });
  }

  newExperiment(params: NewExperimentParams, cancellation: vscode.CancellationToken): Promise<NewExperimentResult> {
    return this.client.sendRequest(NewExperimentRequest, params, cancellation);
  }

  status(probe: boolean): Promise<ServerStatus> {
    return this.client.sendRequest(StatusRequest, { probe });
  }

  /** Has `progress` hear a request's work-done progress while it is answered. */
  private listening<T>(
    { workDoneToken }: { workDoneToken?: ProgressToken | undefined },
    progress: ((value: WorkProgress) => void) | undefined,
    send: () => Promise<T>,
  ): Promise<T> {
    const listener =
      progress && workDoneToken !== undefined
        ? this.client.onProgress(WorkDoneProgress.type, workDoneToken, progress)
        : undefined;
    return send().finally(() => {
      listener?.dispose();
    });
  }

  dispose(): Promise<void> {
    this.deletions.dispose();
    return this.client.dispose();
  }
}
