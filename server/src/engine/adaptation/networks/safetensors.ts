import * as z from 'zod';
import type { TensorValue } from '../../graph/core/operation';
import { sizeOf } from '../../graph/core/tensorShape';
import { fromHalf, toHalf } from './halfFloat';

/** The content of a safetensors file: tensors by name, and texts by name. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, TensorValue>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The types of the tensors that are left out, by name, such as `I64`. */
  readonly others: Readonly<Record<string, string>>;
}

/** The length of the longest header that is read, in bytes: the format's own limit. */
const longestHeader = 100_000_000;
const headerStart = 8;

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
type Entry = z.infer<typeof entrySchema>;

/** The types that are read: the bytes of a value, and how values are made of a copy of their bytes. */
const types: Readonly<Record<string, { bytes: number; read: (bytes: ArrayBuffer) => Float32Array | Int32Array }>> = {
  F32: { bytes: 4, read: bytes => new Float32Array(bytes) },
  I32: { bytes: 4, read: bytes => new Int32Array(bytes) },
  F16: { bytes: 2, read: bytes => Float32Array.from(new Uint16Array(bytes), fromHalf) },
  BF16: {
    bytes: 2,
    // The upper half of a float32
    read: bytes => new Float32Array(Uint32Array.from(new Uint16Array(bytes), bits => bits << 16).buffer),
  },
};

/**
 * Encodes a safetensors file: length of the header (8 bytes, little-endian), header in JSON, values (little-endian).
 * @param halves says by its name which tensor of floats is rounded to 16 bits
 */
export function encodeTensors(
  { tensors, metadata }: Omit<TensorFile, 'others'>,
  halves: (name: string) => boolean = () => false,
): Uint8Array {
  let end = 0;
  const parts = Object.entries(tensors).map(([name, { shape, data }]) => {
    const { dtype, values } = stored(data, halves(name));
    return { name, values, entry: { dtype, shape, data_offsets: [end, (end += values.byteLength)] } };
  });
  const entries = Object.fromEntries(parts.map(({ name, entry }) => [name, entry]));
  const json = JSON.stringify({ __metadata__: metadata, ...entries });
  const header = Buffer.from(json.padEnd(json.length + (-Buffer.byteLength(json) & 7)));
  const bytes = Buffer.alloc(headerStart + header.length + end);
  bytes.writeBigUInt64LE(BigInt(header.length));
  header.copy(bytes, headerStart);
  let at = headerStart + header.length;
  for (const { values } of parts) {
    Buffer.from(values.buffer, values.byteOffset, values.byteLength).copy(bytes, at);
    at += values.byteLength;
  }
  return bytes;
}

function stored(data: TensorValue['data'], half: boolean) {
  if (data instanceof Int32Array) return { dtype: 'I32', values: data };
  return half ? { dtype: 'F16', values: Uint16Array.from(data, toHalf) } : { dtype: 'F32', values: data };
}

/**
 * Reads safetensors of float32 and int32, and 16-bit floats as float32. Tensors of other types are left out, and named.
 * Places in the file must not overlap, so that what is read is at most twice the file's size.
 * @throws Error that says what is wrong: nothing in the header is trusted
 */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < headerStart) throw new Error('it is too short for a safetensors file');
  const length = Number(buffer.readBigUInt64LE());
  if (length > longestHeader || headerStart + length > buffer.length)
    throw new Error('it is no safetensors file, or cut off: its header is longer than the file');
  const { __metadata__: metadata = {}, ...entries } = parseHeader(
    buffer.toString('utf8', headerStart, headerStart + length),
  );
  const values = buffer.subarray(headerStart + length);
  const described = Object.entries(entries).map(([name, entry]) => [name, checkedEntry(name, entry)] as const);
  checkApart(described);
  const known = described.filter(([, { dtype }]) => dtype in types);
  const others = described.filter(([, { dtype }]) => !(dtype in types));
  return {
    tensors: Object.fromEntries(known.map(([name, entry]) => [name, tensorOf(name, entry, values)])),
    others: Object.fromEntries(others.map(([name, { dtype }]) => [name, dtype])),
    metadata: z.record(z.string(), z.string()).safeParse(metadata).data ?? {},
  };
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new Error('it is no safetensors file: its header is no JSON object');
  }
}

function checkedEntry(name: string, entry: unknown): Entry {
  const { data } = entrySchema.safeParse(entry);
  if (!data) throw new Error(`its header describes ${name} in a form that does not exist`);
  return data;
}

/** @throws Error for tensors that share a part of the file */
function checkApart(entries: readonly (readonly [name: string, Entry])[]): void {
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

function tensorOf(name: string, { dtype, shape, data_offsets: [start, end] }: Entry, values: Buffer): TensorValue {
  const { bytes: size, read } = types[dtype]!;
  if (end > values.length || end - start !== sizeOf(shape) * size)
    throw new Error(`${name} does not fit its place in the file`);
  // a copy, since values in the file need not be aligned
  return { shape, data: read(new Uint8Array(values.subarray(start, end)).buffer) };
}

/** @throws Error that names the first tensor with a value that is no finite number: nothing can be computed with it */
export function checkFinite(tensors: Readonly<Record<string, TensorValue>>): void {
  for (const [name, { data }] of Object.entries(tensors))
    for (const value of data)
      if (!Number.isFinite(value)) throw new Error(`${name} has a value that is no finite number (${value})`);
}
