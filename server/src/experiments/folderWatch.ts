import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * The depth down to which folders below a watched one are watched, too: data sets have folders for cities and splits.
 */
const maxDepth = 3;
const mostFolders = 500;

/**
 * Notices files that are added to or removed from folders, by the folders' times alone, so that frequent checks cost
 * nothing. A file that is overwritten in place goes unnoticed.
 */
export class FolderWatch {
  private readonly known = new Map<string, { changed: number; folders: readonly string[] }>();

  /** A text that differs once something has changed. Hidden folders and `except` are left out. */
  async signature(folders: readonly string[], except?: string): Promise<string> {
    const signatures: string[] = [];
    let level = [...new Set(folders)];
    for (let depth = 0; depth <= maxDepth && level.length > 0 && signatures.length < mostFolders; depth++) {
      const examined = await Promise.all(level.map(async folder => ({ folder, ...(await this.examine(folder)) })));
      signatures.push(...examined.map(({ folder, signature }) => `${folder} ${signature}`));
      level = examined.flatMap(({ folders }) => folders).filter(folder => folder !== except);
    }
    return signatures.join('\n');
  }

  private async examine(folder: string): Promise<{ signature: string; folders: readonly string[] }> {
    const found = await stat(folder).catch(() => undefined);
    if (!found?.isDirectory()) return { signature: found ? `${found.mtimeMs} ${found.size}` : 'missing', folders: [] };
    let known = this.known.get(folder);
    if (known?.changed !== found.mtimeMs) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      const folders = entries
        .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
        .map(({ name }) => path.join(folder, name));
      known = { changed: found.mtimeMs, folders };
      this.known.set(folder, known);
    }
    return { signature: String(found.mtimeMs), folders: known.folders };
  }
}
