import { distance } from 'fastest-levenshtein';
import type { JSONPath } from 'jsonc-parser';
import { DiagnosticSeverity, type Diagnostic, type Location, type Range } from 'vscode-languageserver-protocol';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { spanOf, type JsonText, type Span } from './jsonText';

/** An error, a warning or a remark about a place in a JSON file. */
export interface TextProblem {
  /** The place as keys and indices. A missing value is shown at the nearest thing around it. */
  readonly path: JSONPath;
  /** Whether the key is wrong, or its value. */
  readonly on: 'key' | 'value';
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  readonly fixes?: readonly ProblemFix[];
  /** Another place that the problem involves, in this file or in another file as a whole. */
  readonly related?:
    { readonly path: JSONPath; readonly message: string } | { readonly uri: string; readonly message: string };
}

/** A change that fixes a problem. */
export type ProblemFix = { readonly title: string } &
  /** Sets a value, in place of another or of none. */
  (
    | { readonly kind: 'set'; readonly path: JSONPath; readonly value: unknown }
    /** Appends a value to a list. */
    | { readonly kind: 'append'; readonly path: JSONPath; readonly value: unknown }
    | { readonly kind: 'remove'; readonly path: JSONPath }
    | { readonly kind: 'rename'; readonly path: JSONPath; readonly key: string }
  );

/** A path as messages name it: `classes[2].name`. */
export function formatPath(path: JSONPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** The longest message, and the longest title of a fix, characters: they repeat keys and values of the file. */
export const [longestMessage, longestTitle] = [1000, 200] as const;

/** A text that is cut where it is longer than `length`. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Converts a problem to the form in which clients show it. */
export function toDiagnostic(
  document: TextDocument,
  source: JsonText,
  { path, on, severity, code, message, related }: TextProblem,
): Diagnostic {
  const range = rangeOf(document, spanOf(source, path, on));
  return {
    range,
    severity: severities[severity],
    source: 'labelless',
    code,
    message: shortened(message, longestMessage),
    ...(related && {
      relatedInformation: [{ location: placeOf(document, source, related), message: related.message }],
    }),
  };
}

function placeOf(document: TextDocument, source: JsonText, related: NonNullable<TextProblem['related']>): Location {
  if ('path' in related) return { uri: document.uri, range: rangeOf(document, spanOf(source, related.path, 'value')) };
  const start = { line: 0, character: 0 };
  return { uri: related.uri, range: { start, end: start } };
}

export function rangeOf(document: TextDocument, { offset, length }: Span): Range {
  return { start: document.positionAt(offset), end: document.positionAt(offset + length) };
}

/** The longest word that can be a slip of a name, in characters: the comparison takes time by its square. */
const longestSlip = 100;

/** The one of `names` that was probably meant; undefined where none is similar. */
export function closestName(written: string, names: readonly string[]): string | undefined {
  if (written.length > longestSlip) return undefined;
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const away = (name: string) => distance(plain(written), plain(name));
  const [best] = [...names].sort((a, b) => away(a) - away(b));
  return best !== undefined && away(best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}
