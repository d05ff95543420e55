/**
 * The parts of a PNG file, without decoding its pixels (Portable Network Graphics specification, third edition, §5 and
 * §11).
 */

/** The header of a PNG file. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample. */
  readonly depth: number;
  /** 0: grey, 2: RGB, 3: indexed, 4: grey with alpha, 6: RGB with alpha. */
  readonly colourType: number;
  readonly interlaced: boolean;
}

export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** The chunk with its length, type and checksum, as in the file. */
  readonly whole: Uint8Array;
}

export const pngSignature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * Lists the chunks of a PNG up to and including IEND. @throws Error when the bytes are no PNG or end in the middle of
 * one
 */
export function pngChunks(bytes: Uint8Array): PngChunk[] {
  if (bytes.length < 8 || pngSignature.some((value, i) => bytes[i] !== value))
    throw new Error('This is not a PNG file.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = 8; ;) {
    const end = at + 8 <= bytes.length ? at + 12 + view.getUint32(at) : Infinity;
    if (end > bytes.length) throw new Error('The PNG file is cut off.');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) });
    if (type === 'IEND') return chunks;
    at = end;
  }
}

/** Whether a file is a PNG to its end, whatever its pixels: what was cut off is not. */
export function isWholePng(bytes: Uint8Array): boolean {
  try {
    return pngChunks(bytes).length > 0;
  } catch {
    return false;
  }
}

/** Reads the header of a PNG from its first chunk. @throws Error when that is not a valid header */
export function pngHeader(chunks: readonly PngChunk[]): PngHeader {
  const [first] = chunks;
  if (first?.type !== 'IHDR' || first.data.length !== 13) throw new Error('The PNG file has no header.');
  const { data } = first;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const header = {
    width: view.getUint32(0),
    height: view.getUint32(4),
    depth: data[8]!,
    colourType: data[9]!,
    interlaced: data[12] !== 0,
  };
  if (header.width < 1 || header.height < 1) throw new Error('The PNG file has no pixels.');
  return header;
}

/** Makes a chunk of a file: its length, type, data and checksum. */
export function makeChunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(data.length + 12);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(new TextEncoder().encode(type), 4);
  whole.set(data, 8);
  view.setUint32(data.length + 8, checksum(whole.subarray(4, data.length + 8)));
  return whole;
}

/** CRC-32 as PNG uses it (§5.5), for the few bytes of a palette. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
