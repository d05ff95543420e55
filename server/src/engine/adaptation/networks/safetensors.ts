import type { TensorValue } from '../../graph/core/operation';
import { fromHalf, toHalf } from './halfFloat';
import { decodeHeader, headerLength, headerStart, type TensorEntry, type ValueType } from './safetensorsHeader';

/** The content of a safetensors file: tensors by name, and texts by name. */
export interface TensorFile {
  readonly tensors: Readonly<Record<string, TensorValue>>;
  readonly metadata: Readonly<Record<string, string>>;
  /** The types of the tensors that are left out, by name, such as `I64`. */
  readonly others: Readonly<Record<string, string>>;
}

/** How values are made of a copy of their bytes, by their type. */
const readers: Readonly<Record<ValueType, (bytes: ArrayBuffer) => Float32Array | Int32Array>> = {
  F32: bytes => new Float32Array(bytes),
  I32: bytes => new Int32Array(bytes),
  F16: bytes => Float32Array.from(new Uint16Array(bytes), fromHalf),
  // The upper half of a float32
  BF16: bytes => new Float32Array(Uint32Array.from(new Uint16Array(bytes), bits => bits << 16).buffer),
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
 * @throws Error that says what is wrong: nothing in the header is trusted
 */
export function decodeTensors(bytes: Uint8Array): TensorFile {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = headerStart + headerLength(buffer.subarray(0, headerStart), buffer.length);
  const values = buffer.subarray(start);
  const { entries, others, metadata } = decodeHeader(buffer.toString('utf8', headerStart, start), values.length);
  const tensors = Object.entries(entries).map(([name, entry]) => [name, tensorOf(entry, values)]);
  return { tensors: Object.fromEntries(tensors) as TensorFile['tensors'], others, metadata };
}

function tensorOf({ dtype, shape, data_offsets: [start, end] }: TensorEntry, values: Buffer): TensorValue {
  // a copy, since values in the file need not be aligned
  return { shape, data: readers[dtype as ValueType](new Uint8Array(values.subarray(start, end)).buffer) };
}

/** @throws Error that names the first tensor with a value that is no finite number: nothing can be computed with it */
export function checkFinite(tensors: Readonly<Record<string, TensorValue>>): void {
  for (const [name, { data }] of Object.entries(tensors))
    for (const value of data)
      if (!Number.isFinite(value)) throw new Error(`${name} has a value that is no finite number (${value})`);
}
