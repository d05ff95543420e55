import type { Connection } from 'vscode-languageserver/node';
import type { Lane } from '../jobs/lane';
import type { DiagnosticsBoard } from './diagnostics';
import type { RunningRequests } from './stop';
import type { SettingsReader } from './configuration';
import type { StatusBoard } from './status';

/** What the handlers of one server share. */
export interface ServerContext {
  readonly connection: Connection;
  /** Training: one job at a time, others wait. */
  readonly training: Lane;
  /** Short work that must not wait for training. */
  readonly quick: Lane;
  readonly settings: SettingsReader;
  readonly diagnostics: DiagnosticsBoard;
  readonly status: StatusBoard;
  readonly requests: RunningRequests;
}
