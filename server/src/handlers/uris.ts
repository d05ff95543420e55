import { URI } from 'vscode-uri';

/** Where a URI lies on this machine; undefined when it does not, or is no URI. */
export function localPath(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' && /^file:/i.test(uri) ? parsed.fsPath : undefined;
}
