import { colourPresentations, colours } from '../experiments/experimentLanguage';
import type { ServerContext } from './context';

/** `textDocument/documentColor` and `colorPresentation`: the colours of an experiment's own classes. */
export function registerDocumentColor({ connection, experiments }: ServerContext): void {
  connection.onDocumentColor(async ({ textDocument: { uri } }) => {
    const document = experiments.document(uri);
    return document ? await colours(document) : [];
  });
  connection.onColorPresentation(({ textDocument: { uri }, color, range }) => {
    const document = experiments.document(uri);
    return document ? colourPresentations(document, color, range) : [];
  });
}
