import { URI } from 'vscode-uri';

/**
 * Parses a URI of a client; undefined for a text that is none. The path of a Windows share with its host in the path,
 * `file:////server/share`, as Vim and Emacs write it, is read as `file://server/share`.
 */
function parseUri(text: string): URI | undefined {
  try {
    return URI.parse(text.replace(/^file:\/{4,}(?=[^/])/i, 'file://'));
  } catch {
    return undefined;
  }
}

/** The path of a `file:` URI; undefined for any other text. */
export function localPath(uri: string): string | undefined {
  const parsed = parseUri(uri);
  if (parsed?.scheme !== 'file' || !/^file:\/\//i.test(uri)) return undefined;
  const file = parsed.fsPath;
  return file.includes('\0') ? undefined : file; // no system has such a name
}

/** A URI in the form that can be compared, since clients escape URIs differently. */
export function comparableUri(uri: string): string {
  return parseUri(uri)?.toString() ?? uri;
}
