import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Folders below a watched one are watched too, down to here: data sets keep cities and splits in folders of their own.
 */
const deepest = 3;
const mostFolders = 500;

/**
 * Notices files that come to folders or go from them, by the folders' times alone, so that looking often costs nothing.
 * A file that is written over in its place goes unnoticed.
 */
export class FolderWatch {
  private readonly known = new Map<string, { changed: number; folders: readonly string[] }>();

  /** A text that is another once something has changed. Hidden folders and `except` are left out. */
  async signature(places: readonly string[], except?: string): Promise<string> {
    const signs: string[] = [];
    let level = [...new Set(places)];
    for (let depth = 0; depth <= deepest && level.length > 0 && signs.length < mostFolders; depth++) {
      const looks = await Promise.all(level.map(async place => ({ place, ...(await this.look(place)) })));
      signs.push(...looks.map(({ place, sign }) => `${place} ${sign}`));
      level = looks.flatMap(({ folders }) => folders).filter(folder => folder !== except);
    }
    return signs.join('\n');
  }

  private async look(place: string): Promise<{ sign: string; folders: readonly string[] }> {
    const found = await stat(place).catch(() => undefined);
    if (!found?.isDirectory()) return { sign: found ? `${found.mtimeMs} ${found.size}` : 'missing', folders: [] };
    let known = this.known.get(place);
    if (known?.changed !== found.mtimeMs) {
      const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
      const folders = entries
        .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => path.join(place, name));
      known = { changed: found.mtimeMs, folders };
      this.known.set(place, known);
    }
    return { sign: String(found.mtimeMs), folders: known.folders };
  }
}
