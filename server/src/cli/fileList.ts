import { createReadStream } from 'node:fs';
import path from 'node:path';
import { isOwnOutput } from '../../../mask/files/fileNames';
import { ReadError, readRegularFile } from '../../../files/regularFile';
import { UsageError } from './settingOptions';

/** A list of files to segment: a path, or `-` for standard input, and what its entries are separated by. */
export interface FileList {
  readonly from: string;
  readonly separator: '\n' | '\0';
}

/** The largest list in bytes: more than a million paths of usual length. */
const largestList = 128e6;
/** The longest path in bytes: more than any system allows. */
const longestPath = 32_768;

/**
 * Reads the paths of a list. Empty entries are left out, and so are Labelless's own files, which are images by their
 * names alone; those that are no text are told apart.
 * @throws UsageError that names the list and says why it cannot be used
 */
export async function readFileList(list: FileList): Promise<{ paths: string[]; notText: string[] }> {
  const called = list.from === '-' ? 'the list on standard input' : `the list ${list.from}`;
  const bytes = await readBytes(list.from, called);
  if (list.separator === '\n' && bytes.includes(0))
    throw new UsageError(`--files-from: ${called} has NUL characters: give --null if they separate its entries`);
  const paths: string[] = [];
  const notText: string[] = [];
  for (const entry of entriesOf(bytes, list.separator)) {
    if (entry.length > longestPath)
      throw new UsageError(
        `--files-from: ${called} has an entry of ${entry.length} bytes, which is no path; are entries separated by ${
          list.separator === '\0' ? 'line ends? Then leave --null out' : 'NUL characters? Then give --null'
        }`,
      );
    try {
      paths.push(new TextDecoder('utf-8', { fatal: true }).decode(entry)); // it removes a mark of byte order
    } catch {
      notText.push(entry.toString());
    }
  }
  return { paths: paths.filter(name => name !== '' && !isOwnOutput(path.basename(name))), notText };
}

function* entriesOf(bytes: Buffer, separator: '\n' | '\0'): Generator<Buffer> {
  const [end, carriageReturn] = [separator.charCodeAt(0), 13];
  for (let at = 0; at < bytes.length;) {
    const found = bytes.indexOf(end, at);
    const next = found < 0 ? bytes.length : found;
    const isWindows = separator === '\n' && next > at && bytes[next - 1] === carriageReturn;
    yield bytes.subarray(at, isWindows ? next - 1 : next);
    at = next + 1;
  }
}

async function readBytes(from: string, called: string): Promise<Buffer> {
  try {
    if (from === '-') return await readPipe(process.stdin, called);
    // What a shell puts in place of <(find …): a pipe that has a writer.
    if (/^\/(dev|proc\/self)\/fd\/\d+$/.test(from)) return await readPipe(createReadStream(from), called);
    return await readRegularFile(from, largestList);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const reason = error instanceof ReadError ? error.reason : 'it cannot be read';
    throw new UsageError(`--files-from: ${called} cannot be used: ${reason}`);
  }
}

async function readPipe(stream: NodeJS.ReadableStream, called: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length > largestList)
      throw new UsageError(`--files-from: ${called} is above the limit of ${largestList / 1e6} MB; give it in parts`);
  }
  return Buffer.concat(pieces);
}
