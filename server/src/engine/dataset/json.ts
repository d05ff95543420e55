import { readFile, stat } from 'node:fs/promises';
import type * as z from 'zod';
import { ImageError, readFailure } from '../image/error';

/**
 * Reads a JSON file against a schema.
 * @param limit in millions of bytes
 * @throws ImageError that names what is wrong, and where in the file
 */
export async function readJson<T>(file: string, schema: z.ZodType<T>, limit: number): Promise<T> {
  let text;
  try {
    const { size } = await stat(file);
    if (size > limit * 1e6)
      throw new ImageError(file, `its ${(size / 1e6).toFixed(1)} MB are above the limit of ${limit} MB`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw error instanceof ImageError ? error : readFailure(file, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ImageError(file, `it is no JSON: ${(error as Error).message}`);
  }
  const { data, error } = schema.safeParse(value);
  if (error) throw new ImageError(file, `${error.issues[0].path.join('.')}: ${error.issues[0].message}`);
  return data;
}
