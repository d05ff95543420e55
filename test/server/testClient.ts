import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  WorkDoneProgress,
  type CancellationToken,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type WorkDoneProgressBegin,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver-protocol/node';
import { TrainingNotification } from '../../protocol/trainingMessages';
import type { TrainingUpdate } from '../../protocol/trainingRun';
import {
  PreviewNotification,
  SegmentRequest,
  StopNotification,
  type EncodedSegmentation,
  type PreviewParams,
  type SegmentOutcome,
  type SegmentParams,
  type SegmentResult,
} from '../../protocol/segmentMessages';
import { StatusNotification, type ServerStatus } from '../../protocol/statusMessages';

type Progress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

/** A client of a real server process over stdio, which collects everything that the server sends. */
export class TestClient {
  private static readonly running = new Set<TestClient>();
  readonly previews: PreviewParams[] = [];
  /** The updates of training runs. */
  readonly training: TrainingUpdate[] = [];
  readonly progress: Progress[] = [];
  readonly statuses: ServerStatus[] = [];
  readonly log: string[] = [];
  readonly warnings: string[] = [];
  /** The number of requests of the server to fetch lenses again. */
  lensRefreshes = 0;
  readonly diagnostics = new Map<string, Diagnostic[]>();
  /** The answer to `workspace/configuration`. */
  settings: unknown = {};
  readonly scopes: (string | undefined)[] = [];
  private tokens = 0;

  private constructor(
    readonly process: ChildProcess,
    readonly connection: ProtocolConnection,
    readonly initialized: InitializeResult,
  ) {
    connection.onNotification(PreviewNotification, params => {
      this.previews.push(params);
    });
    connection.onNotification(StatusNotification, status => {
      this.statuses.push(status);
    });
    connection.onNotification(TrainingNotification, news => {
      this.training.push(news);
    });
    TestClient.running.add(this);
  }

  /** Ends the processes that failed tests left running. */
  static endAll(): void {
    for (const client of TestClient.running) {
      client.process.kill('SIGKILL');
      client.connection.dispose();
    }
    TestClient.running.clear();
  }

  /**
   * @param program the server's script and its arguments
   * @param locale of the user
   * @param asksSettings whether the client claims to answer `workspace/configuration`
   */
  static async start({
    program = ['dist/server.js'],
    asksSettings = true,
    initializationOptions = {},
    locale = 'en',
    env = process.env,
  } = {}): Promise<TestClient> {
    const server = spawn(process.execPath, [...program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env });
    const connection = connectTo(server);
    const initialized = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      locale,
      initializationOptions,
      capabilities: {
        workspace: { configuration: asksSettings, codeLens: { refreshSupport: true } },
        window: { workDoneProgress: true },
      },
    });
    const client = new TestClient(server, connection, initialized);
    client.listen();
    await connection.sendNotification('initialized', {});
    return client;
  }

  private listen(): void {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: { scopeUri?: string }[] }) =>
      items.map(({ scopeUri }) => {
        this.scopes.push(scopeUri);
        return this.settings;
      }),
    );
    connection.onRequest('client/registerCapability', () => null);
    connection.onRequest('workspace/codeLens/refresh', () => {
      this.lensRefreshes++;
      return null;
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.warnings.push(message);
    });
    connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.warnings.push(message);
      return null;
    });
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Diagnostic[] }) => {
        this.diagnostics.set(uri, diagnostics);
      },
    );
  }

  /** Sends a segment request with a new token, by which it can be stopped. */
  segment(
    params: Omit<SegmentParams, 'workDoneToken'>,
    cancellation?: CancellationToken,
  ): { token: string; result: Promise<SegmentResult> } {
    const token = this.watch(`run ${this.tokens++}`);
    return {
      token,
      result: this.connection.sendRequest(SegmentRequest, { ...params, workDoneToken: token }, cancellation),
    };
  }

  /** Collects the progress of a request with this token. */
  watch(token: string): string {
    this.connection.onProgress(WorkDoneProgress.type, token, value => {
      this.progress.push(value);
    });
    return token;
  }

  stop(token: string): Promise<void> {
    return this.connection.sendNotification(StopNotification, { token });
  }

  /** The process ids of the jobs that were started, from the server's log. */
  jobs(): number[] {
    return this.log.flatMap(line => /^Job process (\d+) started/.exec(line)?.slice(1, 2).map(Number) ?? []);
  }

  /** Ends the server as an editor does. */
  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    TestClient.running.delete(this);
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await exited;
    this.connection.dispose();
  }
}

/** Connects to a server's process over its standard input and output. */
export function connectTo({ stdin, stdout }: Pick<ChildProcessByStdio<Writable, Readable, null>, 'stdin' | 'stdout'>) {
  const connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
  connection.listen();
  return connection;
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The segmentation in an outcome. @throws AssertionError for an error, or for a segmentation in a file */
export function payload(outcome: SegmentOutcome): EncodedSegmentation {
  assert.ok('segmentation' in outcome, 'error' in outcome ? outcome.error : 'no segmentation');
  assert.ok(!('file' in outcome.segmentation));
  return outcome.segmentation;
}
