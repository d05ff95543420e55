import * as z from 'zod';

/**
 * Checks a message from a page. No page is trusted.
 * @param problem the first words of the error's message
 * @throws Error with the first fault of the message
 */
export function parseFromPage<T>(schema: z.ZodType<T>, untrusted: unknown, problem: string): T {
  const result = schema.safeParse(untrusted);
  if (!result.success) throw new Error(`${problem}: ${z.prettifyError(result.error)}`);
  return result.data;
}
