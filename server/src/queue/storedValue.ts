import type * as z from 'zod';

/** Reads a value that Redis keeps as JSON; undefined for what is no such value, since anybody may have written it. */
export function readStored<Schema extends z.ZodType>(schema: Schema, text: unknown): z.output<Schema> | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
