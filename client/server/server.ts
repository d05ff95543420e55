import * as vscode from 'vscode';
import type { NotificationType } from 'vscode-languageserver-protocol';
import type * as z from 'zod';
import { reasonOf } from '../../mask/errors';
import type { ServerRequest } from '../../protocol/request';
import type { ImagesPart } from '../../protocol/sessionMessages';
import type { PreviewParams } from '../../protocol/segmentMessages';
import type { ServerStatus } from '../../protocol/statusMessages';
import type { TrainingUpdate } from '../../protocol/trainingRun';
import type { Connection, RequestOptions } from './connection';
import type { CommandHandlers } from '../common/commands';
import { requireTrust } from '../common/trust';

export type ServerState = { kind: 'off' | 'starting' | 'running' } | { kind: 'down'; reason: string };

/** The number of restarts within three minutes after which the client gives up a server that keeps ending. */
const maxRestarts = 4;
/**
 * The JSON-RPC codes of requests whose connection was lost: rejected while pending, or sent over a closed connection.
 */
const connectionLost = new Set([-32097, -32096, -32099]);
/** The code of LSP for a request that its sender cancelled. */
const requestCancelled = -32800;

function errorCode(error: unknown): number | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : undefined;
}

/**
 * The segmentation language server. It is started when it is first needed, started again when it ends unexpectedly, and
 * replaced when the user asks for it.
 */
export class Server implements vscode.Disposable {
  private connection: Promise<Connection> | undefined;
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  private readonly previewed = new vscode.EventEmitter<PreviewParams>();
  private readonly trained = new vscode.EventEmitter<TrainingUpdate>();
  private readonly imagesListed = new vscode.EventEmitter<ImagesPart>();
  private readonly statusChanged = new vscode.EventEmitter<ServerStatus>();
  state: ServerState = { kind: 'off' };
  readonly onState = this.stateChanged.event;
  readonly onPreview = this.previewed.event;
  readonly onTraining = this.trained.event;
  readonly onImages = this.imagesListed.event;
  readonly onStatus = this.statusChanged.event;

  constructor(
    private readonly module: string,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server unless it is running or has been given up. If it cannot be started, `state` has the reason. */
  async start(): Promise<void> {
    if (this.state.kind !== 'down') await this.connect().catch(() => undefined);
  }

  /**
   * Sends a request, after starting the server if necessary.
   * @throws `CancellationError` when cancelled; Error with the reason why there is no result
   */
  request<Params extends z.ZodType, Result>(
    request: ServerRequest<Params, Result>,
    params: z.input<Params>,
    options: RequestOptions = {},
  ): Promise<Result> {
    return this.use(connection => connection.request(request, params, options));
  }

  /** Sends a notification, after starting the server if necessary. */
  notify<Params>(notification: NotificationType<Params>, params: Params): Promise<void> {
    return this.use(connection => connection.notify(notification, params));
  }

  /** The server's process id while it runs. */
  async processId(): Promise<number | undefined> {
    return (await this.connection)?.processId;
  }

  /** Ends the server and starts another one, even if it has been given up. */
  async restart(): Promise<void> {
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
    // VS Code is closing: an error interests nobody
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
      const { Connection } = await import('./connection');
      const connection = await Connection.start(this.module, this.log, maxRestarts, {
        onPreview: params => {
          this.previewed.fire(params);
        },
        onTraining: update => {
          this.trained.fire(update);
        },
        onImages: part => {
          this.imagesListed.fire(part);
        },
        onStatus: status => {
          this.setState({ kind: 'running' });
          this.statusChanged.fire(status);
        },
        onClosed: restarting => {
          this.setState(restarting ? { kind: 'starting' } : { kind: 'down', reason: gaveUp() });
        },
      });
      this.setState({ kind: 'running' });
      return connection;
    } catch (error) {
      this.connection = undefined;
      this.setState({
        kind: 'down',
        reason: vscode.l10n.t('The segmentation server could not start: {0}', reasonOf(error)),
      });
      throw error;
    }
  }

  private async use<T>(send: (connection: Connection) => Promise<T>): Promise<T> {
    if (this.state.kind === 'down' && this.connection) throw new Error(this.state.reason);
    const connection = await this.connect();
    try {
      const result = await send(connection);
      if (this.state.kind === 'starting') this.setState({ kind: 'running' });
      return result;
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

/** The message that the server is not started again, with the reason. */
function gaveUp(): string {
  return vscode.l10n.t(
    'The segmentation server stopped {0} times within {1} minutes. Its log may say why.',
    maxRestarts + 1,
    3,
  );
}

/** Activates the segmentation server, which starts when it is first needed, and its commands. */
export function activateServer(context: vscode.ExtensionContext, commands: CommandHandlers): Server {
  const log = vscode.window.createOutputChannel('Labelless', { log: true });
  const server = new Server(context.asAbsolutePath('dist/server.js'), log);
  context.subscriptions.push(log, server);
  commands.add('restartServer', () => restart(server));
  commands.add('showLog', () => {
    log.show();
  });
  return server;
}

async function restart(server: Server): Promise<void> {
  if (!(await requireTrust('server'))) return;
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Labelless: restarting the server') },
    () => server.restart(),
  );
}
