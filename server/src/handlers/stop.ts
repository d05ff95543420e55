import { ErrorCodes, ResponseError, type ProgressToken } from 'vscode-languageserver/node';
import { StopNotification, stopParams } from '../../../protocol/segmentMessages';
import type { ServerContext } from './context';
import { checked } from './params';

/** The segment requests in work, by their workDoneToken. */
export class RunningRequests {
  private readonly stops = new Map<ProgressToken, AbortController>();

  /** @throws {ResponseError} InvalidParams when another request with this token is running */
  open(token: ProgressToken | undefined): void {
    if (token !== undefined && this.stops.has(token)) {
      throw new ResponseError(ErrorCodes.InvalidParams, 'workDoneToken: another request with this token is running');
    }
    this.next(token);
  }

  /** The stop signal of the request's next image. */
  next(token: ProgressToken | undefined): AbortSignal {
    const stop = new AbortController();
    if (token !== undefined) this.stops.set(token, stop);
    return stop.signal;
  }

  close(token: ProgressToken | undefined): void {
    if (token !== undefined) this.stops.delete(token);
  }

  /** @returns false when no such request is running */
  stop(token: ProgressToken): boolean {
    this.stops.get(token)?.abort();
    return this.stops.has(token);
  }
}

/** `labelless/stop`. */
export function registerStop({ connection, requests }: ServerContext): void {
  connection.onNotification(StopNotification.method, (params: unknown) => {
    const { token } = checked(stopParams, params);
    if (!requests.stop(token)) connection.console.info(`Nothing to stop: no request "${token}" is running.`);
  });
}
