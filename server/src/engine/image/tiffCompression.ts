import zlib from 'node:zlib';

/** Unpacks the bytes of a strip or tile to at most `length` bytes. @throws Error for damaged data */
type Unpack = (packed: Uint8Array, length: number) => Uint8Array;

interface Compression {
  readonly name: string;
  /** Whether the image library reads it. */
  readonly isRead?: boolean;
  /** How it is undone here; the image library may know others. */
  readonly unpack?: Unpack;
}

const inflate: Unpack = (packed, length) =>
  zlib.inflateSync(packed, { maxOutputLength: Math.max(1, length), finishFlush: zlib.constants.Z_SYNC_FLUSH });

/** Node has it from version 22.15 on. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (packed: Uint8Array, options: object) => Uint8Array };
const zstd: Compression = {
  name: 'ZSTD',
  ...(zstdDecompressSync && {
    unpack: (packed, length) => zstdDecompressSync(packed, { maxOutputLength: Math.max(1, length) }),
  }),
};
const deflate: Compression = { name: 'Deflate', isRead: true, unpack: inflate };

const compressions: Partial<Record<number, Compression>> = {
  1: { name: 'none', isRead: true, unpack: packed => packed },
  2: { name: 'CCITT Huffman', isRead: true },
  3: { name: 'CCITT group 3', isRead: true },
  4: { name: 'CCITT group 4', isRead: true },
  5: { name: 'LZW', isRead: true, unpack: unpackLzw },
  6: { name: 'old-style JPEG', isRead: true },
  7: { name: 'JPEG', isRead: true },
  8: deflate,
  32773: { name: 'PackBits', isRead: true, unpack: unpackBits },
  32946: deflate,
  33003: { name: 'JPEG 2000' },
  33005: { name: 'JPEG 2000' },
  34676: { name: 'SGI LogLuv', isRead: true },
  34677: { name: 'SGI LogLuv', isRead: true },
  34712: { name: 'JPEG 2000' },
  34887: { name: 'LERC' },
  34925: { name: 'LZMA' },
  34926: zstd,
  50000: zstd,
  50001: { name: 'WebP' },
  50002: { name: 'JPEG XL' },
  52546: { name: 'JPEG XL' },
};

/** The compression of a TIFF file by its number. */
export function tiffCompression(number: number): Compression {
  return compressions[number] ?? { name: `number ${number}` };
}

/** Unpacks runs of bytes (TIFF 6.0, section 9). */
function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let to = 0;
  for (let from = 0; from < packed.length && to < length;) {
    const code = packed[from++];
    if (code < 128) {
      const run = packed.subarray(from, Math.min(from + code + 1, from + length - to));
      bytes.set(run, to);
      to += run.length;
      from += code + 1;
    } else if (code > 128) {
      const end = Math.min(length, to + 257 - code);
      bytes.fill(packed[from++], to, end);
      to = end;
    }
  }
  return bytes.subarray(0, to);
}

const clearCode = 256;
const endCode = 257;
const maxCodes = 4096;

/** Unpacks LZW codes of 9 to 12 bits, the most significant bit first (TIFF 6.0, section 13). */
function unpackLzw(packed: Uint8Array, length: number): Uint8Array {
  if (packed[0] === 0 && packed[1] === 1) throw new Error('it is packed by an LZW of before TIFF 5');
  const bytes = new Uint8Array(length);
  /** Where the string of each code begins in `bytes`, and its length. */
  const starts = new Uint32Array(maxCodes);
  const lengths = new Uint32Array(maxCodes);
  let [to, next, width, previous] = [0, endCode + 1, 9, -1];
  let [buffer, buffered] = [0, 0];
  for (let from = 0; to < length;) {
    while (buffered < width && from < packed.length) {
      buffer = ((buffer << 8) | packed[from++]) & 0xffffff;
      buffered += 8;
    }
    if (buffered < width) break;
    buffered -= width;
    const code = (buffer >> buffered) & ((1 << width) - 1);
    if (code === endCode) break;
    if (code === clearCode) {
      [next, width, previous] = [endCode + 1, 9, -1];
      continue;
    }
    if (code > next || (code >= next && previous < 0)) throw new Error('its LZW codes are damaged');
    const begin = to;
    if (code < clearCode) bytes[to++] = code;
    else {
      // The string of a new code is the previous one and its own first byte, which copying byte by byte gives.
      const start = code < next ? starts[code] : previous;
      const end = Math.min(length, to + (code < next ? lengths[code] : begin - previous + 1));
      for (let at = start; to < end;) bytes[to++] = bytes[at++];
    }
    if (previous >= 0 && next < maxCodes) {
      starts[next] = previous;
      lengths[next] = begin - previous + 1;
      next++;
    }
    previous = begin;
    if (next + 1 >= 1 << width && width < 12) width++;
  }
  return bytes.subarray(0, to);
}
