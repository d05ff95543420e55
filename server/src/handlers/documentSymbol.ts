import { symbols } from '../experiments/experimentLanguage';
import type { ServerContext } from './context';

/** `textDocument/documentSymbol`: the outline of an experiment file. */
export function registerDocumentSymbol({ connection, experiments }: ServerContext): void {
  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const document = experiments.document(uri);
    return document ? symbols(document) : [];
  });
}
