import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextDocuments } from 'vscode-languageserver/node';
import { colourPresentations, colours, complete, format, hover, symbols } from '../experiments/experimentLanguage';
import type { ServerContext } from './serverState';

/** Registers the standard messages about the text of experiment and class files. Other documents are ignored. */
export function registerLanguage({ connection, experiments, classFiles }: ServerContext): void {
  const documents = new TextDocuments(TextDocument);
  documents.onDidChangeContent(({ document }) => {
    experiments.changed(document);
    classFiles.changed(document);
  });
  documents.onDidSave(({ document }) => {
    experiments.saved(document);
    classFiles.saved(document);
  });
  documents.onDidClose(({ document }) => {
    experiments.closed(document);
    classFiles.closed(document);
  });
  documents.listen(connection);

  /** Makes a handler that answers by `make` for an experiment file, and by `otherwise` for any other document. */
  const about =
    <P extends { textDocument: { uri: string } }, R>(
      make: (document: TextDocument, params: P) => R | Promise<R>,
      otherwise: R,
    ) =>
    (params: P): R | Promise<R> => {
      const document = experiments.document(params.textDocument.uri);
      return document ? make(document, params) : otherwise;
    };
  connection.onCompletion(about((document, { position }) => complete(document, position), null));
  connection.onHover(about((document, { position }) => hover(document, position), null));
  connection.onDocumentSymbol(about(document => symbols(document), []));
  connection.onDocumentFormatting(about((document, { options }) => format(document, options), []));
  connection.onDocumentRangeFormatting(about((document, { options, range }) => format(document, options, range), []));
  connection.onDocumentColor(about(document => colours(document), []));
  connection.onColorPresentation(
    about((document, { color, range }) => colourPresentations(document, color, range), []),
  );
  connection.onCodeAction(({ textDocument: { uri }, range }) => [
    ...experiments.actions(uri, range),
    ...classFiles.actions(uri, range),
  ]);
  connection.onCodeLens(({ textDocument: { uri } }) => experiments.lenses(uri));
}
