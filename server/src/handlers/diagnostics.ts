import { DiagnosticSeverity, FileChangeType, type Connection, type Diagnostic } from 'vscode-languageserver/node';
import type { ServerContext } from './context';

const start = { line: 0, character: 0 };

/** The problems of images, one an image at most. An image without a problem is not mentioned to the client. */
export class DiagnosticsBoard {
  private readonly failing = new Set<string>();

  constructor(private readonly connection: Connection) {}

  /** @param setting the setting that lifts the limit, shown as the problem's code */
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

/** `workspace/didChangeWatchedFiles`: a deleted image has no problem any more. */
export function registerDiagnostics({ connection, diagnostics }: ServerContext): void {
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri, type } of changes) if (type === FileChangeType.Deleted) diagnostics.clear(uri);
  });
}
