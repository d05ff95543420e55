import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Fault } from './trial';

/** The contents of all files of a folder and those below it, by their paths from the folder. */
export type FolderContents = ReadonlyMap<string, string>;

/** Reads all files of a folder. */
export function contentsOf(folder: string): FolderContents {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), readFileSync(file, 'base64')];
    }),
  );
}

/** Finds a file of before that is gone or changed. */
export function lostFrom(before: FolderContents, after: FolderContents): Fault {
  const lost = [...before].find(([name, content]) => after.get(name) !== content);
  return lost && `${lost[0]} is gone or changed`;
}
