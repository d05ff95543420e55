import type { Diagnostic } from 'vscode-languageserver-protocol';
import { DiagnosticSeverity } from 'vscode-languageserver-protocol';
import { deepestJson, depthOf } from '../../../mask/files/json';

/** The longest text of an experiment or class file that is read, in characters. A long one has a few thousand. */
const longestText = 200_000;
/**
 * The longest text that gets completion, hovers and the like, characters: their library takes time by the square of the
 * mistakes. 255 classes take some 20,000.
 */
export const longestAssisted = 50_000;
/** The most findings that a file is shown with. */
export const mostFindings = 100;

const start = { line: 0, character: 0 };

function finding(severity: DiagnosticSeverity, code: string, message: string): Diagnostic {
  return { range: { start, end: start }, severity, source: 'labelless', code, message };
}

/**
 * Finds whether a text is too long or too deeply nested to be parsed: parsers of JSON call themselves at each level,
 * and an editor would wait for minutes.
 * @returns the finding to show in place of all others; undefined for a text that can be read
 */
export function textBeyondLimits(text: string): Diagnostic | undefined {
  const error = (message: string) => finding(DiagnosticSeverity.Error, 'too-large', message);
  if (text.length > longestText)
    return error(`This file is not read: its ${text.length} characters are more than ${longestText}.`);
  if (depthOf(text) > deepestJson)
    return error(`This file is not read: its brackets are nested more than ${deepestJson} levels deep.`);
  return undefined;
}

/** The first findings of a file, and a remark on how many more there are. @param others how many are not among `all` */
export function firstFindings(all: readonly Diagnostic[], others: number): Diagnostic[] {
  const more = all.length - mostFindings + others;
  if (more <= 0) return [...all];
  const remark = finding(DiagnosticSeverity.Information, 'more-findings', `${more} more findings are not shown.`);
  return [...all.slice(0, mostFindings), remark];
}
