import path from 'node:path';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { imageScores } from '../../server/src/engine/metrics/imageScores';
import type { Method } from './comparedMethods';
import { type PhotoFiles, readPhoto } from './photos';
import type { Row } from './qualityRow';
import { printTables, type Result } from './scoreTables';

/** Rows in a JSON lines file, so that an interrupted benchmark goes on where it was. */
export class Rows {
  private constructor(
    private readonly file: string,
    private readonly version: string,
    private readonly known: Map<string, Row>,
  ) {}

  /** @param version rows of other versions are left alone, and not used */
  static async open(file: string, version: string): Promise<Rows> {
    await mkdir(path.dirname(file), { recursive: true });
    const text = await readFile(file, 'utf8').catch(() => '');
    const known = new Map<string, Row>();
    for (const line of text.split('\n')) {
      const row = parse(line);
      if (row?.version === version) known.set(keyOf(row.method, row.photo), row);
    }
    if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n'); // the last line was cut off
    return new Rows(file, version, known);
  }

  /** The row of a photo: the existing one, or a new one, which is saved. */
  async row(method: Method, photo: PhotoFiles): Promise<Row> {
    const found = this.known.get(keyOf(method.name, photo.file));
    if (found) return found;
    const read = await readPhoto(photo);
    const { width, height } = read.picture;
    const { maps, ...times } = await method.segment(read);
    const scores = maps.map(labels => imageScores({ width, height, labels }, read.truths));
    const row = { method: method.name, photo: photo.file, version: this.version, ...times, scores };
    await appendFile(this.file, `${JSON.stringify(row)}\n`);
    return row;
  }
}

const keyOf = (method: string, photo: string) => JSON.stringify([method, photo]);

/** Parses a line; undefined where it was cut off when the benchmark was interrupted. */
function parse(line: string): Row | undefined {
  try {
    return JSON.parse(line) as Row;
  } catch {
    return undefined;
  }
}

export interface RunOptions {
  readonly photos: readonly PhotoFiles[];
  /** The file in which results are kept. */
  readonly file: string;
  readonly baseline: string;
}

/**
 * Scores each method on each photo and prints the tables. Results of the same program are taken from the file. Ctrl-C
 * ends after the current photo, with the tables of the results so far; a second one ends at once.
 * @param more what else the results depend on
 */
export async function runQuality(
  methods: readonly Method[],
  { photos, file, baseline }: RunOptions,
  more: unknown,
): Promise<void> {
  const program = createHash('sha256')
    .update(await readFile(process.argv[1]!))
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
