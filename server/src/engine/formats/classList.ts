import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { NamedClass } from './source';

/** A class of a folder that many images are exported into. */
export type ListedClass = Pick<NamedClass, 'name' | 'colour'>;

/** What marks a list as written here. */
export const listMark = '# Written by Labelless.';

/**
 * The classes that a folder lists already, and behind them those of one more mask: a class keeps its number in all
 * images.
 * @param parse the listed class of a line; undefined for a line without one
 * @throws Error when the folder holds something else
 */
export async function extendClasses(
  list: string,
  classes: readonly ListedClass[],
  parse: (line: string) => ListedClass | undefined,
): Promise<ListedClass[]> {
  const text = await readFile(list, 'utf8').catch(() => undefined);
  if (!(text?.startsWith(listMark) ?? (await isFree(path.dirname(list))))) {
    throw new Error(
      `${path.dirname(list)} exists and was not written by Labelless; rename it, or write into another folder`,
    );
  }
  const listed = (text ?? '').split('\n').flatMap(line => parse(line) ?? []);
  const byName = new Map<string, ListedClass>();
  for (const one of [...listed, ...classes]) if (!byName.has(one.name)) byName.set(one.name, one);
  return [...byName.values()];
}

/** Whether a folder holds no file; a write that failed may have left folders in it. */
async function isFree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.every(entry => entry.isDirectory());
}
