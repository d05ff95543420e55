import * as z from 'zod';
import type { TensorValue } from '../../graph/core/operation';
import { sizeOf } from '../../graph/core/tensorShape';

/** The content of a safetensors file: tensors by name, and texts by name. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, TensorValue>>;
  readonly metadata: Readonly<Record<string, string>>;
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

const typeOf: Readonly<Record<string, Float32ArrayConstructor | Int32ArrayConstructor>> = {
  F32: Float32Array,
  I32: Int32Array,
};

/**
 * Encodes a safetensors file: length of the header (8 bytes, little-endian), header in JSON, values (little-endian).
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const dtype = data instanceof Int32Array ? 'I32' : 'F32';
    return [name, { dtype, shape, data_offsets: [end, (end += data.byteLength)] }] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const header = Buffer.from(json.padEnd(json.length + (-Buffer.byteLength(json) & 7)));
  const bytes = Buffer.alloc(headerStart + header.length + end);
  bytes.writeBigUInt64LE(BigInt(header.length));
  header.copy(bytes, headerStart);
  let at = headerStart + header.length;
  for (const { data } of Object.values(tensors)) {
    Buffer.from(data.buffer, data.byteOffset, data.byteLength).copy(bytes, at);
    at += data.byteLength;
  }
  return bytes;
}

/**
 * Reads safetensors of float32 and int32. Tensors of other types are left out.
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
  const tensors = Object.entries(entries).flatMap(([name, entry]) => {
    const value = tensorOf(name, entrySchema.safeParse(entry).data, values);
    return value ? [[name, value] as const] : [];
  });
  return {
    tensors: Object.fromEntries(tensors),
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

function tensorOf(name: string, entry: Entry | undefined, values: Buffer): TensorValue | undefined {
  if (!entry) throw new Error(`its header describes ${name} in a form that does not exist`);
  const Values = typeOf[entry.dtype];
  if (!Values) return undefined;
  const [start, end] = entry.data_offsets;
  if (end > values.length || end - start !== sizeOf(entry.shape) * 4)
    throw new Error(`${name} does not fit its place in the file`);
  const bytes = new Uint8Array(values.subarray(start, end)); // a copy, since values in the file need not be aligned
  return { shape: entry.shape, data: new Values(bytes.buffer) };
}
