import * as z from 'zod';
import { openRegularFile, ReadError, readReason } from '../../../../../files/regularFile';
import { reasonOf } from '../../../../../mask/errors';
import { sizeOf } from '../../graph/core/tensorShape';

/** The length of the longest header that is read, in bytes: the format's own limit. */
const longestHeader = 100_000_000;
/** The bytes of the header's length, with which a file begins. */
export const headerStart = 8;

const entrySchema = z.object({
  dtype: z.string(),
  shape: z
    .array(
      z
        .int()
        .min(0)
        .max(2 ** 31),
    )
    .max(8),
  data_offsets: z.tuple([z.int().min(0), z.int().min(0)]),
});

/** A tensor as the header describes it: its type, its shape, and where its values lie behind the header. */
export type TensorEntry = z.infer<typeof entrySchema>;

/** What the header of a safetensors file says: tensors of types that are read, by name, and texts by name. */
export interface TensorHeader {
  readonly entries: Readonly<Record<string, TensorEntry>>;
  /** The types of the tensors that are left out, by name, such as `I64`. */
  readonly others: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The bytes of a value, by the types that are read. */
export const valueBytes = { F32: 4, I32: 4, F16: 2, BF16: 2 } as const;
export type ValueType = keyof typeof valueBytes;

/** @throws Error for a file that cannot have a header of the length that its first bytes say */
export function headerLength(start: Buffer, fileSize: number): number {
  if (start.length < headerStart) throw new Error('it is too short for a safetensors file');
  const length = Number(start.readBigUInt64LE());
  if (length <= longestHeader && headerStart + length <= fileSize) return length;
  const isPickle = start[0] === 0x80 && start[1]! <= 5;
  if (isPickle || start.subarray(0, 4).toString('latin1') === 'PK\x03\x04')
    throw new Error("it is in PyTorch's own format; save its state_dict with safetensors.torch.save_file instead");
  throw new Error('it is no safetensors file, or cut off: its header is longer than the file');
}

/**
 * Reads a header. Places in the file must not overlap, so that what is read is at most twice the file's size.
 * @param valuesSize the number of bytes behind the header
 * @throws Error that says what is wrong: nothing in the header is trusted
 */
export function decodeHeader(text: string, valuesSize: number): TensorHeader {
  const { __metadata__: metadata = {}, ...entries } = parseHeader(text);
  const described = Object.entries(entries).map(([name, entry]) => [name, checkedEntry(name, entry)] as const);
  checkApart(described);
  const known = described.filter(([, { dtype }]) => Object.hasOwn(valueBytes, dtype));
  for (const [name, entry] of known) checkPlace(name, entry, valuesSize);
  const others = described.filter(([, { dtype }]) => !Object.hasOwn(valueBytes, dtype));
  return {
    entries: Object.fromEntries(known),
    others: Object.fromEntries(others.map(([name, { dtype }]) => [name, dtype])),
    metadata: z.record(z.string(), z.string()).safeParse(metadata).data ?? {},
  };
}

/**
 * Reads the header of a safetensors file, and checks that the file is as long as it says.
 * @throws ReadError
 */
export async function readHeader(file: string): Promise<TensorHeader> {
  const { handle, size } = await openRegularFile(file);
  try {
    const read = async (at: number, length: number) => {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, at);
      return buffer.subarray(0, bytesRead);
    };
    const length = headerLength(await read(0, headerStart), size);
    return decodeHeader((await read(headerStart, length)).toString('utf8'), size - headerStart - length);
  } catch (error) {
    throw new ReadError(file, error instanceof Error && 'code' in error ? readReason(error) : reasonOf(error));
  } finally {
    await handle.close();
  }
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Error('it is no safetensors file: its header is no JSON object');
  }
}

function checkedEntry(name: string, entry: unknown): TensorEntry {
  const { data } = entrySchema.safeParse(entry);
  if (!data) throw new Error(`its header describes ${name} in a form that does not exist`);
  return data;
}

/** @throws Error for tensors that share a part of the file */
function checkApart(entries: readonly (readonly [name: string, TensorEntry])[]): void {
  let [before, last] = ['', 0];
  for (const [
    name,
    {
      data_offsets: [start, end],
    },
  ] of [...entries].sort(([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1])) {
    if (end < start) throw new Error(`${name} does not fit its place in the file`);
    if (start < last && end > start) throw new Error(`${before} and ${name} share a part of the file`);
    if (end > last) [before, last] = [name, end];
  }
}

function checkPlace(name: string, { dtype, shape, data_offsets: [start, end] }: TensorEntry, valuesSize: number): void {
  if (end - start !== sizeOf(shape) * valueBytes[dtype as ValueType])
    throw new Error(`${name} does not fit its place in the file`);
  if (end > valuesSize)
    throw new Error(
      `${name} does not fit its place in the file, which is cut off: ${end - valuesSize} bytes are missing`,
    );
}
