import { DiagnosticSeverity, type Diagnostic, type Location, type Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from './problems';
import { spanOf, type Source, type Span } from './source';

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** A problem as clients show it. */
export function diagnosticOf(
  document: TextDocument,
  source: Source,
  { path, on, severity, code, message, related }: Problem,
): Diagnostic {
  const range = rangeOf(document, spanOf(source, path, on));
  return {
    range,
    severity: severities[severity],
    source: 'labelless',
    code,
    message,
    ...(related && {
      relatedInformation: [{ location: placeOf(document, source, related), message: related.message }],
    }),
  };
}

function placeOf(document: TextDocument, source: Source, related: NonNullable<Problem['related']>): Location {
  if ('path' in related) return { uri: document.uri, range: rangeOf(document, spanOf(source, related.path, 'value')) };
  const start = { line: 0, character: 0 };
  return { uri: related.uri, range: { start, end: start } };
}

export function rangeOf(document: TextDocument, { offset, length }: Span): Range {
  return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
}
