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
