import { stat } from 'node:fs/promises';
import path from 'node:path';
import { settleFolder } from './leftovers';
import { readNearest, type FoundFile } from './nearest';

/**
 * Milliseconds after a change of a file in which another one may leave its time as it is: file systems keep times in
 * steps of up to two seconds.
 */
const timeStep = 3000;

/**
 * The nearest file of a name, as `readNearest` finds it, kept between looks: it is read again only where its place,
 * size or time is another. So a look costs a few calls, and needs no watcher.
 */
export class NearestFile {
  private mark: string | undefined;
  private found: FoundFile | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** The parameters are those of `readNearest`. */
  constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly limit: number,
  ) {}

  /**
   * Returns the file as it is now: the same object as long as nothing about it is another. Looks are made one after the
   * other.
   */
  look(): Promise<FoundFile | undefined> {
    const looked = this.last.then(() => this.lookNow());
    this.last = looked.catch(() => undefined);
    return looked;
  }

  private async lookNow(): Promise<FoundFile | undefined> {
    await settleFolder(this.folder);
    const { mark, changed } = await this.markNow();
    if (mark === this.mark) return this.found;
    const found = await readNearest(this.folder, this.name, this.limit);
    if (!isSame(found, this.found)) this.found = found;
    this.mark = Math.abs(Date.now() - changed) < timeStep ? undefined : mark;
    return this.found;
  }

  /** Which file it is, and in what state, without reading it; and when it last changed, milliseconds. */
  private async markNow(): Promise<{ mark: string; changed: number }> {
    for (let at = path.resolve(this.folder); ; at = path.dirname(at)) {
      const file = path.join(at, this.name);
      try {
        const { size, mtimeMs, ctimeMs, ino } = await stat(file);
        return { mark: [file, size, mtimeMs, ctimeMs, ino].join('|'), changed: Math.max(mtimeMs, ctimeMs) };
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (code !== 'ENOENT' && code !== 'ENOTDIR') return { mark: `${file}|${code}`, changed: 0 };
      }
      if (path.dirname(at) === at) return { mark: '', changed: 0 };
    }
  }
}

function isSame(a: FoundFile | undefined, b: FoundFile | undefined): boolean {
  if (!a || !b) return a === b;
  if (a.file !== b.file) return false;
  if ('content' in a) return 'content' in b && a.content.equals(b.content);
  return !('content' in b) && a.unreadable === b.unreadable;
}
