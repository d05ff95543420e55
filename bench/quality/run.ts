import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Method } from './method';
import type { PhotoFiles } from './photos';
import { Rows, type Row } from './rows';
import { printTables, type Result } from './table';

export interface RunOptions {
  readonly photos: readonly PhotoFiles[];
  /** Where results are kept. */
  readonly file: string;
  readonly baseline: string;
}

/**
 * Scores each method on each photo and prints the tables. Results of the same program are taken from the file. Ctrl-C
 * ends after the photo in hand, with the tables of what is there; a second one at once.
 * @param more what else the results depend on
 */
export async function runQuality(
  methods: readonly Method[],
  { photos, file, baseline }: RunOptions,
  more: unknown,
): Promise<void> {
  const program = createHash('sha256')
    .update(await readFile(process.argv[1]))
    .update(JSON.stringify(more))
    .digest('hex');
  const rows = await Rows.open(file, program);
  let interrupted = false;
  process.once('SIGINT', () => {
    interrupted = true;
  });
  const results: Result[] = [];
  for (const method of methods) {
    const done: Row[] = [];
    for (const photo of photos) {
      if (interrupted) break;
      done.push(await rows.row(method, photo));
      process.stderr.write(`\r${method.name}: ${done.length} of ${photos.length} `);
    }
    process.stderr.write('\n');
    if (done.length > 0) results.push({ method, rows: done });
  }
  if (results.length > 0) printTables(results, baseline);
}
