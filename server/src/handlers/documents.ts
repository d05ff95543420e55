import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments } from 'vscode-languageserver/node';
import type { ServerContext } from './context';

/**
 * `textDocument/didOpen`, `didChange`, `didSave` and `didClose`: of all that a client sends, experiment files are
 * looked at.
 */
export function registerDocuments({ connection, experiments }: ServerContext): void {
  const documents = new TextDocuments(TextDocument);
  documents.onDidChangeContent(({ document }) => {
    experiments.changed(document);
  });
  documents.onDidSave(({ document }) => {
    experiments.saved(document);
  });
  documents.onDidClose(({ document }) => {
    experiments.closed(document);
  });
  documents.listen(connection);
}
