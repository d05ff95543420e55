import { readFile, rm } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import { classFileName } from '../../../mask/classes/classFileName';
import { maxClassFileBytes } from '../../../mask/files/classFile';
import type { ObjectStore } from './objectStore';
import { PlaceError } from './photoPlace';

/** Milliseconds that a class file counts as unchanged: photos of a folder are opened one after the other. */
const lifetime = 30_000;
const mostFolders = 1000;

/** The class files in a bucket: the nearest one above a photo holds for it. */
export class StoreClasses {
  private readonly known = new LRUCache<string, { readonly content: Buffer | undefined }>({
    max: mostFolders,
    ttl: lifetime,
  });

  /** @param prefix that of the place of the photos: above it, a class file that may not be read counts as none */
  constructor(
    private readonly store: ObjectStore,
    private readonly prefix: string,
  ) {}

  /**
   * Reads the class file that holds for the objects of a folder, in it or above, up to the root of the bucket.
   * @param folder empty, or with a `/` at its end
   * @param scratch the path of a file that is made and deleted
   */
  async nearest(folder: string, scratch: string, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
    for (let at = folder; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const content = await this.read(at, scratch, signal);
      if (content || at === '') return content;
    }
  }

  private async read(folder: string, scratch: string, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
    const known = this.known.get(folder);
    if (known) return known.content;
    const content = await this.fetch(`${folder}${classFileName}`, scratch, signal).catch((error: unknown) => {
      const isAbove = folder.length < this.prefix.length;
      if (isAbove && error instanceof PlaceError && error.problem === 'unreadable') return undefined;
      throw error;
    });
    this.known.set(folder, { content });
    return content;
  }

  private async fetch(key: string, scratch: string, signal: AbortSignal | undefined): Promise<Buffer | undefined> {
    if (!(await this.store.download(key, scratch, maxClassFileBytes, signal))) return undefined;
    try {
      return await readFile(scratch);
    } finally {
      await rm(scratch, { force: true });
    }
  }
}
