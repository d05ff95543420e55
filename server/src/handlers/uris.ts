import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';

/** Where a URI lies on this machine; undefined when it does not, or is no URI. */
export function localPath(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' && /^file:/i.test(uri) ? parsed.fsPath : undefined;
}

/** The same for a request that needs it. @throws {ResponseError} InvalidParams */
export function requiredPath(uri: string): string {
  const path = localPath(uri);
  if (path === undefined)
    throw new ResponseError(ErrorCodes.InvalidParams, `uri: ${uri} is not a file on this machine`);
  return path;
}
