import path from 'node:path';
import { RequestType } from 'vscode-languageserver-protocol';
import * as z from 'zod';

/**
 * A request from client to server: its name on the wire, the schema of its parameters and the type of its result. The
 * server checks parameters against the schema; results are trusted.
 */
export class ServerRequest<Params extends z.ZodType, Result> extends RequestType<z.input<Params>, Result, void> {
  constructor(
    method: `labelless/${string}`,
    readonly schema: Params,
  ) {
    super(method);
  }
}

/** The `workDoneToken` of a request: names its progress, and the request itself in other messages. */
export const progressToken = z.union([z.string(), z.int()]);

/** A URI; requests for files on the server's machine need a `file:` URI. */
export const uri = z.string().min(1);

/** An absolute path of a folder, normalized: without a slash at its end. */
export const absoluteFolder = z
  .string()
  .refine(text => path.isAbsolute(text), 'not an absolute path')
  .transform(text => path.normalize(text).replace(/(.)[\\/]+$/, '$1'));

/** A result of which the server leaves large values in a temporary file, as JSON; its reader deletes the file. */
export type MaybeInFile<T> = T | { file: string };
