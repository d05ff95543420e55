import { readdirSync } from 'node:fs';

/** The names in a folder; none where it cannot be listed, as one that is not there yet. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
