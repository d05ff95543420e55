import {
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
} from 'vscode-languageserver/node';
import type * as z from 'zod';
import { reasonOf } from '../../../mask/errors';
import { describeIssues } from '../../../mask/issueText';
import type { ServerRequest } from '../../../protocol/request';
import { CancelledError } from '../jobs/jobErrors';
import { localPath } from '../../../files/localUri';

/**
 * Registers the handler of a request. Errors of `handle` become errors of the response.
 * @param handle receives the checked parameters and a signal that is aborted when the client cancels the request
 */
export function handleRequest<Params extends z.ZodType, Result>(
  connection: Connection,
  request: ServerRequest<Params, Result>,
  handle: (params: z.output<Params>, cancel: AbortSignal) => Result | Promise<Result>,
): void {
  connection.onRequest(request.method, async (params: unknown, cancellation: CancellationToken): Promise<unknown> => {
    try {
      return await handle(checkParams(request.schema, params), abortSignal(cancellation));
    } catch (error) {
      throw responseError(error);
    }
  });
}

/**
 * Checks untrusted parameters of a message.
 * @throws {ResponseError} InvalidParams, naming the fields that are wrong
 */
export function checkParams<Params extends z.ZodType>(schema: Params, params: unknown): z.output<Params> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  throw new ResponseError(
    ErrorCodes.InvalidParams,
    `params: ${describeIssues(parsed.error.issues, params).join('; ')}`,
  );
}

/** The path of a `file:` URI. @throws {ResponseError} InvalidParams for any other text */
export function requiredPath(uri: string, what: 'file' | 'folder' = 'file'): string {
  const path = localPath(uri);
  if (path === undefined)
    throw new ResponseError(ErrorCodes.InvalidParams, `uri: ${uri} is not a ${what} on this machine`);
  return path;
}

function responseError(error: unknown): ResponseError<void> {
  if (error instanceof ResponseError) return error as ResponseError<void>;
  if (error instanceof CancelledError) return new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
  return new ResponseError(LSPErrorCodes.RequestFailed, reasonOf(error));
}

function abortSignal(cancellation: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (cancellation.isCancellationRequested) controller.abort();
  else
    cancellation.onCancellationRequested(() => {
      controller.abort();
    });
  return controller.signal;
}
