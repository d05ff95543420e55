import { format } from '../experiments/experimentLanguage';
import type { ServerContext } from './context';

/** `textDocument/formatting` and `rangeFormatting` of experiment files. */
export function registerFormatting({ connection, experiments }: ServerContext): void {
  connection.onDocumentFormatting(({ textDocument: { uri }, options }) => {
    const document = experiments.document(uri);
    return document ? format(document, options) : [];
  });
  connection.onDocumentRangeFormatting(({ textDocument: { uri }, options, range }) => {
    const document = experiments.document(uri);
    return document ? format(document, options, range) : [];
  });
}
