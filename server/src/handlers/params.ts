import path from 'node:path';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { z } from 'zod';
import { methodNames } from '../../../protocol/settings';

/** Shapes of the parameters that clients send. Whatever does not fit is refused by the field's name. */

export const token = z.union([z.string(), z.int()]);
export const uri = z.string().min(1);
/** An absolute path, without a slash at its end. */
export const folder = z.string().refine(text => path.isAbsolute(text), 'not an absolute path').transform(text => path.normalize(text).replace(/(.)[\\/]+$/, '$1'));

export const segmentParams = z.object({
  uris: z.array(uri).min(1),
  target: z.enum(['return', 'write']),
  skip: z.array(uri).default([]),
  method: z.enum(methodNames).optional(),
  checkpoint: folder.optional(),
  workDoneToken: token.optional(),
});
export const stopParams = z.object({ token });
export const pictureParams = z.object({ uri });
export const newExperimentParams = z.object({ folder: uri, labelled: uri, photos: uri });
export const statusParams = z.object({ probe: z.boolean().default(false) }).nullish();

/**
 * Untrusted parameters, checked.
 * @throws {ResponseError} InvalidParams, naming the first field that is wrong
 */
export function checked<T>(schema: z.ZodType<T>, params: unknown): T {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ResponseError(ErrorCodes.InvalidParams, `${issue.path.join('.') || 'params'}: ${issue.message}`);
}
