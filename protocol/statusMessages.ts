import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import type { BackendReport, RunnableBackendName } from './backends';
import { ServerRequest } from './request';

/** Messages between client and server about the server's state: back ends and jobs. */

export interface ServerStatus {
  /** The back end in use (the choice of `auto`); absent before the first segmentation. */
  backend?: RunnableBackendName;
  backends: BackendReport[];
  /** The number of segmentation jobs that are running; `waiting` counts those that wait. */
  running: number;
  waiting: number;
  version: string;
}

const statusParams = z.object({ probe: z.boolean().default(false) }).nullish();

/** Reads the server's status. With `probe`, every back end is tried first. */
export const StatusRequest = new ServerRequest<typeof statusParams, ServerStatus>('labelless/status', statusParams);

/** Sends the server's status whenever it changes. */
export const StatusNotification = new NotificationType<ServerStatus>('labelless/status');
