import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver/node';
import type { ServerContext } from './context';

/** Asks the client to fetch lenses anew. */
export class LensRefresher {
  /** Set by `initialize`: whether the client knows the request. */
  clientRefreshes = false;

  constructor(private readonly connection: Connection) {}

  refresh(): void {
    // a client that is closing
    if (this.clientRefreshes) this.connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
  }
}

/** `textDocument/codeLens`: what can be done with an experiment, and how its run stands. */
export function registerCodeLens({ connection, experiments }: ServerContext): void {
  connection.onCodeLens(({ textDocument: { uri } }) => experiments.lenses(uri));
}
