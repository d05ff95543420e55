import { fstatSync, writeSync } from 'node:fs';
import { writeReason } from '../../../files/writeError';

let failure: NodeJS.ErrnoException | undefined;

/**
 * Keeps the process alive when its output cannot be written. Standard output is remembered, for `outputFailure`;
 * messages on standard error that nobody can read are dropped, since the work goes on without them.
 */
export function watchStandardStreams(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  process.stderr.on('error', () => undefined);
}

/** Whether standard output is a file or a device. */
const isFile = (() => {
  try {
    const found = fstatSync(1);
    return !process.stdout.isTTY && (found.isFile() || found.isCharacterDevice());
  } catch {
    return false;
  }
})();

/**
 * Writes a part of the results to standard output; an error is kept for `outputFailure`. Node's own stream takes a text
 * for written that a full disk has cut.
 */
export function printOut(text: string): void {
  if (!isFile) {
    process.stdout.write(text);
    return;
  }
  try {
    const bytes = Buffer.from(text);
    for (let written = 0; written < bytes.length;) written += writeSync(1, bytes, written);
  } catch (error) {
    failure ??= error as NodeJS.ErrnoException;
  }
}

/** Writes out what is still buffered. A stream that has failed is not waited for. */
export async function flushStandardStreams(): Promise<void> {
  for (const stream of [process.stdout, process.stderr])
    await new Promise<void>(resolve => {
      stream.write('', () => {
        resolve();
      });
    });
}

/**
 * The reason why results on standard output are lost; undefined where they were written, or where their reader closed
 * early and wanted no more lines (`labelless … | head`). One JSON object is of no use in part.
 */
export function outputFailure(isOneObject: boolean): string | undefined {
  if (!failure) return undefined;
  if (failure.code !== 'EPIPE') return writeReason(failure);
  return isOneObject ? 'its reader closed it too early' : undefined;
}
