import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Problem } from './problems';
import { spanOf, type Source, type Span } from './source';

const severities = { error: DiagnosticSeverity.Error, warning: DiagnosticSeverity.Warning, information: DiagnosticSeverity.Information };

/** A problem as clients show it. */
export function diagnosticOf(document: TextDocument, source: Source, { path, on, severity, code, message, related }: Problem): Diagnostic {
  const range = rangeOf(document, spanOf(source, path, on));
  return {
    range, severity: severities[severity], source: 'labelless', code, message,
    ...(related && { relatedInformation: [{ location: { uri: document.uri, range: rangeOf(document, spanOf(source, related.path, 'value')) }, message: related.message }] }),
  };
}

export function rangeOf(document: TextDocument, { offset, length }: Span): Range {
  return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
}
