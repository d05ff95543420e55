import {
  CodeLensRefreshRequest,
  DiagnosticSeverity,
  ErrorCodes,
  ResponseError,
  type Connection,
  type Diagnostic,
  type ProgressToken,
} from 'vscode-languageserver/node';
import type { OpenClassFiles } from '../classFiles/openClassFiles';
import type { OpenExperiments } from '../experiments/openExperiments';
import type { Lanes } from '../jobs/lanes';
import type { TrainingRuns } from '../jobs/training/trainingRuns';
import type { SettingsReader } from './settingsReader';
import type { StatusReporter } from './statusReporter';

/** What the server remembers from one message to the next. */

const start = { line: 0, character: 0 };

/** The problems of images, at most one for each image. The client receives nothing about images without a problem. */
export class ImageDiagnostics {
  private readonly failing = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** Shows a problem of an image. @param setting the setting that lifts the limit, shown as the problem's code */
  report(uri: string, message: string, setting?: string): void {
    const diagnostic: Diagnostic = {
      range: { start, end: start },
      severity: DiagnosticSeverity.Error,
      source: 'labelless',
      message,
    };
    if (setting !== undefined) diagnostic.code = setting;
    this.failing.add(uri);
    void this.connection.sendDiagnostics({ uri, diagnostics: [diagnostic] });
  }

  clear(uri: string): void {
    if (this.failing.delete(uri)) void this.connection.sendDiagnostics({ uri, diagnostics: [] });
  }
}

/** The segment requests in work, by their workDoneToken. */
export class SegmentRequests {
  private readonly stops = new Map<ProgressToken, AbortController>();

  /** Begins a request. @throws {ResponseError} InvalidParams when another request with this token is running */
  open(token: ProgressToken | undefined): void {
    if (token !== undefined && this.stops.has(token)) {
      throw new ResponseError(ErrorCodes.InvalidParams, 'workDoneToken: another request with this token is running');
    }
    this.nextImage(token);
  }

  /** Begins the next image of a request. @returns the signal that stops it */
  nextImage(token: ProgressToken | undefined): AbortSignal {
    const stop = new AbortController();
    if (token !== undefined) this.stops.set(token, stop);
    return stop.signal;
  }

  close(token: ProgressToken | undefined): void {
    if (token !== undefined) this.stops.delete(token);
  }

  /** Stops the image in work of a request. @returns false when no such request is running */
  stop(token: ProgressToken): boolean {
    this.stops.get(token)?.abort();
    return this.stops.has(token);
  }
}

/** Asks the client to fetch code lenses again, if the client supports that request. */
export class LensRefresher {
  /** Set by `initialize`. */
  clientRefreshes = false;

  constructor(private readonly connection: Connection) {}

  refresh(): void {
    // a client that is closing
    if (this.clientRefreshes) this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }
}

/** The objects that the handlers of one server share. */
export interface ServerContext {
  readonly connection: Connection;
  readonly lanes: Lanes;
  /** Training runs of Method 2. */
  readonly runs: TrainingRuns;
  /** Experiment files that the client has open. */
  readonly experiments: OpenExperiments;
  /** Class files that the client has open. */
  readonly classFiles: OpenClassFiles;
  readonly lenses: LensRefresher;
  readonly settings: SettingsReader;
  readonly diagnostics: ImageDiagnostics;
  readonly status: StatusReporter;
  readonly segmentRequests: SegmentRequests;
  /** The folder for results too large for a message. */
  readonly resultFolder: string;
}
