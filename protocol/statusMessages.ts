import { NotificationType } from 'vscode-languageserver-protocol';
import * as z from 'zod';
import type { BackendReport, RunnableBackendName } from './backends';
import { ServerRequest } from './request';

/** Messages between client and server about the server's state: back ends and jobs. */

export interface ServerStatus {
  /** The back end in use (the choice of `auto`), absent before the first segmentation. */
  backend?: RunnableBackendName;
  backends: BackendReport[];
  /** Segmentation jobs that are running and waiting. */
  running: number;
  waiting: number;
  version: string;
}

const statusParams = z.object({ probe: z.boolean().default(false) }).nullish();

/** Reads the server's status; with `probe`, after trying every back end. */
export const StatusRequest = new ServerRequest<typeof statusParams, ServerStatus>('labelless/status', statusParams);

/** The server's status, sent whenever it changes. */
export const StatusNotification = new NotificationType<ServerStatus>('labelless/status');
