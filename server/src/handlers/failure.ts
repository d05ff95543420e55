import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { CancelledError } from '../jobs/errors';

/** An error as the answer to a request that cannot be carried out. */
export function requestFailure(error: unknown): ResponseError<void> {
  if (error instanceof ResponseError) return error as ResponseError<void>;
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  return new ResponseError(LSPErrorCodes.RequestFailed, error instanceof Error ? error.message : String(error));
}
