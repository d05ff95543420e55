import * as vscode from 'vscode';
import type { NewExperimentParams, NewExperimentResult } from '../../protocol/trainingMessages';
import type {
  ExportParams,
  ExportResult,
  ExportSetParams,
  ExportSetResult,
  FigureParams,
  FigureResult,
} from '../../protocol/exportMessages';
import type { PreviewParams, SegmentParams, SegmentResult } from '../../protocol/segmentMessages';
import type { ServerStatus } from '../../protocol/statusMessages';
import type { TrainingUpdate } from '../../protocol/trainingRun';
import type { WorkProgress } from '../common/report';
import type { Connection } from './languageClient';
import type { TrainingClient } from './trainingClient';
import { restartLimit, RestartPolicy } from './restartPolicy';

export type ServerState = { kind: 'off' | 'starting' | 'running' } | { kind: 'down'; reason: string };

/** JSON-RPC codes of requests whose connection went away: rejected while pending, or sent over a closed one. */
const connectionLost = new Set([-32097, -32096, -32099]);
/** LSP's code for a request that its sender cancelled. */
const requestCancelled = -32800;

function errorCode(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined;
}

/** The segmentation language server: started on first need, restarted when it dies, and replaced when the user asks. */
export class Server implements vscode.Disposable {
  private connection: Promise<Connection> | undefined;
  private readonly restarts = new RestartPolicy();
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly previewed = new vscode.EventEmitter<PreviewParams>();
  private readonly trained = new vscode.EventEmitter<TrainingUpdate>();
  private readonly statusChanged = new vscode.EventEmitter<ServerStatus>();
  state: ServerState = { kind: 'off' };
  readonly onState = this.stateChanged.event;
  readonly onPreview = this.previewed.event;
  readonly onTraining = this.trained.event;
  readonly onStatus = this.statusChanged.event;

  constructor(
    private readonly module: string,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server unless it runs, or has been given up; that it cannot start is told by its state. */
  async start(): Promise<void> {
    if (this.state.kind !== 'down') await this.connect().catch(() => undefined);
  }

  /** Segments; `progress` hears the request's work-done progress. Rejects with `CancellationError` when cancelled. */
  segment(
    params: SegmentParams,
    token: vscode.CancellationToken,
    progress?: (value: WorkProgress) => void,
  ): Promise<SegmentResult> {
    return this.use(connection => connection.segment(params, token, progress));
  }

  /** Ends the training of the request with this work-done token, keeping its best result. */
  stop(token: string): Promise<void> {
    return this.use(connection => connection.stop(token));
  }

  /** Writes a mask in other formats. */
  export(params: ExportParams): Promise<ExportResult> {
    return this.use(connection => connection.export(params));
  }

  /** Exports saved masks of many images. */
  exportSet(
    params: ExportSetParams,
    token: vscode.CancellationToken,
    progress: (value: WorkProgress) => void,
  ): Promise<ExportSetResult> {
    return this.use(connection => connection.exportSet(params, token, progress));
  }

  /** A picture as PNG, for formats that no browser decodes. */
  picture(uri: string) {
    return this.use(connection => connection.picture(uri));
  }

  /** Draws and writes a figure. Rejects with `CancellationError` when cancelled. */
  figure(
    params: FigureParams,
    token: vscode.CancellationToken,
    progress: (value: WorkProgress) => void,
  ): Promise<FigureResult> {
    return this.use(connection => connection.figure(params, token, progress));
  }

  /** An image small, its mask over it. */
  thumbnail(uri: string, mask: string) {
    return this.use(connection => connection.thumbnail(uri, mask));
  }

  /** What an image file's header tells. */
  header(uri: string) {
    return this.use(connection => connection.header(uri));
  }

  /** Proposes an experiment for two folders. Rejects with `CancellationError` when cancelled. */
  newExperiment(params: NewExperimentParams, token: vscode.CancellationToken): Promise<NewExperimentResult> {
    return this.use(connection => connection.newExperiment(params, token));
  }

  /** The back ends and jobs; with `probe`, after trying every back end. */
  status(probe: boolean): Promise<ServerStatus> {
    return this.use(connection => connection.status(probe));
  }

  /** Asks for something about training runs. */
  training<T>(ask: (client: TrainingClient) => Promise<T>): Promise<T> {
    return this.use(connection => ask(connection.training));
  }

  /** The server's process id while it runs. */
  async processId(): Promise<number | undefined> {
    return (await this.connection)?.processId;
  }

  /** Ends the server and starts another, whatever happened before. */
  async restart(): Promise<void> {
    this.restarts.reset();
    const old = this.connection;
    this.connection = undefined;
    await old
      ?.then(connection => connection.dispose())
      .catch((error: unknown) => {
        this.log.warn(String(error));
      });
    await this.connect();
  }

  async dispose(): Promise<void> {
    // VS Code is closing: nobody is left to tell
    await this.connection?.then(connection => connection.dispose()).catch(() => undefined);
  }

  private setState(state: ServerState): void {
    this.state = state;
    this.stateChanged.fire(state);
  }

  private connect(): Promise<Connection> {
    this.connection ??= this.launch();
    return this.connection;
  }

  private async launch(): Promise<Connection> {
    this.setState({ kind: 'starting' });
    try {
      const { Connection } = await import('./languageClient');
      const connection = await Connection.start(this.module, this.log, {
        preview: params => {
          this.previewed.fire(params);
        },
        training: params => {
          this.trained.fire(params);
        },
        status: status => {
          this.setState({ kind: 'running' });
          this.statusChanged.fire(status);
        },
        died: () => this.died(),
      });
      this.setState({ kind: 'running' });
      return connection;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.connection = undefined;
      this.setState({ kind: 'down', reason: vscode.l10n.t('The segmentation server could not start: {0}', reason) });
      throw error;
    }
  }

  private died(): boolean {
    const again = this.restarts.allows(Date.now());
    this.setState(
      again
        ? { kind: 'starting' }
        : {
            kind: 'down',
            reason: vscode.l10n.t(
              'The segmentation server stopped {0} times within {1} minutes. Its log may say why.',
              restartLimit.times + 1,
              restartLimit.withinMilliseconds / 60_000,
            ),
          },
    );
    return again;
  }

  private async use<T>(request: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.state.kind === 'down' && this.connection) throw new Error(this.state.reason);
    const connection = await this.connect();
    try {
      const answer = await request(connection);
      if (this.state.kind === 'starting') this.setState({ kind: 'running' });
      return answer;
    } catch (error) {
      const code = errorCode(error);
      if (code === requestCancelled) throw new vscode.CancellationError();
      if (code !== undefined && connectionLost.has(code)) {
        throw new Error(
          vscode.l10n.t(
            'The segmentation server stopped in the middle of the work. Edits and saved files are intact; run the command again.',
          ),
          { cause: error },
        );
      }
      throw error;
    }
  }
}
