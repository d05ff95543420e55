import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type * as z from 'zod';

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
