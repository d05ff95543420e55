import { open } from 'node:fs/promises';

/** A file that others append lines to, read as it grows. */
export class Tail {
  private offset = 0;
  private file: number | undefined;

  constructor(private readonly path: string) {}

  /**
   * The whole lines since the last call. `anew` tells that the file is another one, or was cut, and these are all its
   * lines. Nothing where there is no file.
   */
  async read(): Promise<{ text: string; anew: boolean }> {
    const handle = await open(this.path, 'r').catch(() => undefined);
    if (!handle) return { text: '', anew: false };
    try {
      const { size, ino } = await handle.stat();
      const anew = this.file !== ino || size < this.offset;
      if (anew) [this.offset, this.file] = [0, ino];
      const bytes = Buffer.alloc(Math.min(size - this.offset, largestPiece));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, this.offset);
      const whole = bytes.subarray(0, bytes.lastIndexOf(10, bytesRead - 1) + 1);
      this.offset += whole.length;
      return { text: whole.toString('utf8'), anew };
    } finally {
      await handle.close();
    }
  }
}

/** Bytes read at a time; the rest is read the next time. */
const largestPiece = 32e6;
