import type { TiffLayout } from './tiffLayout';

/**
 * Reads samples of a row into `values`, as many as it holds.
 * @param rowAt where the row begins, in bytes
 * @param first the first sample
 * @param stride samples from one value to the next
 */
type ReadRow = (rowAt: number, first: number, stride: number, values: Float64Array) => void;

/** Whether `rowReader` knows the samples of a layout. */
export function knowsValues({ format, bits }: TiffLayout): boolean {
  if (format === 'float') return [16, 32, 64].includes(bits);
  if (format === 'uint') return (bits >= 1 && bits <= 16) || bits === 32 || bits === 64;
  return format === 'int' && [8, 16, 32, 64].includes(bits);
}

/** Makes the reader of rows of samples in unpacked data. */
export function rowReader({ format, bits, littleEndian }: TiffLayout, data: Uint8Array): ReadRow {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const size = bits / 8;
  const read = sampleReader(format, bits, view, littleEndian);
  if (read)
    return (rowAt, first, stride, values) => {
      for (let i = 0, at = rowAt + first * size; i < values.length; i++, at += stride * size) values[i] = read(at);
    };
  return (rowAt, first, stride, values) => {
    for (let i = 0; i < values.length; i++) values[i] = bitsAt(data, rowAt * 8 + (first + i * stride) * bits, bits);
  };
}

function sampleReader(
  format: TiffLayout['format'],
  bits: number,
  view: DataView,
  littleEndian: boolean,
): ((at: number) => number) | undefined {
  switch (`${format}${bits}`) {
    case 'uint8':
      return at => view.getUint8(at);
    case 'int8':
      return at => view.getInt8(at);
    case 'uint16':
      return at => view.getUint16(at, littleEndian);
    case 'int16':
      return at => view.getInt16(at, littleEndian);
    case 'uint32':
      return at => view.getUint32(at, littleEndian);
    case 'int32':
      return at => view.getInt32(at, littleEndian);
    case 'uint64':
      return at => Number(view.getBigUint64(at, littleEndian));
    case 'int64':
      return at => Number(view.getBigInt64(at, littleEndian));
    case 'float16':
      return at => halfFloat(view.getUint16(at, littleEndian));
    case 'float32':
      return at => view.getFloat32(at, littleEndian);
    case 'float64':
      return at => view.getFloat64(at, littleEndian);
    default:
      return undefined;
  }
}

/** An IEEE 754 number of 16 bits. */
function halfFloat(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

/** A number of up to 16 bits at any bit, the most significant one first. */
function bitsAt(data: Uint8Array, bit: number, bits: number): number {
  const byte = Math.floor(bit / 8);
  const three = (data[byte] << 16) | ((data[byte + 1] ?? 0) << 8) | (data[byte + 2] ?? 0);
  return (three >> (24 - (bit % 8) - bits)) & ((1 << bits) - 1);
}
