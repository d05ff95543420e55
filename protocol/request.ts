import path from 'node:path';
import { RequestType } from 'vscode-languageserver-protocol';
import * as z from 'zod';

/**
 * A request from client to server: its method, the schema of its parameters and the type of its result. The server
 * checks the parameters against the schema; results are trusted.
 */
export class ServerRequest<Params extends z.ZodType, Result> extends RequestType<z.input<Params>, Result, void> {
  constructor(
    method: `labelless/${string}`,
    readonly schema: Params,
  ) {
    super(method);
  }
}

/** The `workDoneToken` of a request, by which its progress and other messages refer to it. */
export const progressToken = z.union([z.string(), z.int()]);

/** A URI; requests for files on the server's machine need a `file:` URI. */
export const uri = z.string();

/** An absolute path of a folder, normalized: without a trailing slash. */
export const absoluteFolder = z
  .string()
  .refine(text => path.isAbsolute(text), 'not an absolute path')
  .transform(text => path.normalize(text).replace(/(.)[\\/]+$/, '$1'));

/**
 * A result whose large values the server has written to a temporary file as JSON, if `file` is there. The reader
 * deletes the file.
 */
export type MaybeInFile<T> = T | { file: string };
