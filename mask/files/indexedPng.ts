import { decode, encode } from 'fast-png';
import { defaultMaxPixels, inflate } from './codec';
import { fromHex, toHex, type Rgb } from '../colours/colour';
import { makeChunk, pngChunks, pngHeader, pngSignature, type PngChunk, type PngHeader } from './pngChunks';

/** The pixels of a mask file. */
export interface MaskImage {
  readonly width: number;
  readonly height: number;
  /** One label value for each pixel, 0 for background, row-major. */
  readonly labels: Uint16Array;
  /** `#rrggbb` by label value; null where the file has no palette (16-bit, or grey). */
  readonly palette: readonly string[] | null;
}

const software = 'Labelless';

/**
 * Encodes a mask as PNG: 8 bits with a palette up to label 255, else 16-bit grey.
 * @param colours `#rrggbb` by label value - 1; a missing one is black, as background is
 */
export function encodeMaskPng(
  { width, height, labels }: Omit<MaskImage, 'palette'>,
  colours: readonly (string | undefined)[],
): Uint8Array {
  let top = 0;
  for (const value of labels) if (value > top) top = value;
  const text = { Software: software };
  if (top > 255) return encode({ width, height, data: labels, depth: 16, channels: 1, text });
  const palette = Array.from({ length: top + 1 }, (_, value) => [
    ...fromHex((value > 0 ? colours[value - 1] : undefined) ?? '#000000'),
  ]);
  return encode({ width, height, data: Uint8Array.from(labels), depth: 8, channels: 1, palette, text });
}

/**
 * Whether a file can be read as a mask: a PNG whose pixels are indices or single grey values. Only the header is read.
 */
export function isMask(bytes: Uint8Array): boolean {
  try {
    checkHeader(pngHeader(pngChunks(bytes)), Infinity);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether Labelless wrote a mask file, so that it may overwrite it. A grey photo can be read as a mask but is not one.
 */
export function isOwnMask(bytes: Uint8Array): boolean {
  const mark = new TextEncoder().encode(`Software\0${software}`);
  const isMark = ({ type, data }: PngChunk) =>
    type === 'tEXt' && data.length === mark.length && mark.every((byte, i) => data[i] === byte);
  return isMask(bytes) && pngChunks(bytes).some(isMark);
}

/** Reads the palette of a mask without decoding its pixels: `#rrggbb` by label value, none of a grey one. */
export function paletteOf(bytes: Uint8Array): string[] {
  const { data = new Uint8Array() } = pngChunks(bytes).find(({ type }) => type === 'PLTE') ?? {};
  return Array.from({ length: Math.floor(data.length / 3) }, (_, value) =>
    toHex([...data.subarray(3 * value, 3 * value + 3)] as unknown as Rgb),
  );
}

/**
 * A mask file with other colours; its pixels are not decoded. One without a palette stays as it is.
 * @param colours `#rrggbb` by label value
 */
export function withPaletteColours(bytes: Uint8Array, colours: ReadonlyMap<number, string>): Uint8Array {
  const parts = pngChunks(bytes).map(({ type, data, whole }) => {
    if (type !== 'PLTE') return whole;
    const palette = data.slice();
    for (const [value, colour] of colours) if (3 * value < palette.length) palette.set(fromHex(colour), 3 * value);
    return makeChunk(type, palette);
  });
  return concatenate([pngSignature, ...parts]);
}

/**
 * Decodes a mask. Its size is checked before any pixel is decoded.
 * @throws Error when the file is no PNG, no mask, damaged, or has more than `maxPixels` pixels
 */
export function decodeMaskPng(bytes: Uint8Array, maxPixels = defaultMaxPixels): MaskImage {
  const chunks = pngChunks(bytes);
  const header = pngHeader(chunks);
  const { width, height, depth } = header;
  checkHeader(header, maxPixels);
  const pixels = chunks.filter(chunk => chunk.type === 'IDAT').map(chunk => chunk.data);
  // refuses data of another length, which the decoder would take
  inflate(concatenate(pixels), height * (1 + Math.ceil((width * depth) / 8)));
  // The decoder also unpacks ancillary chunks, without a limit: it gets none.
  if (header.colourType === 3 && !chunks.some(chunk => chunk.type === 'PLTE'))
    throw new Error('The PNG file is indexed, but has no palette.');
  const needed = chunks.filter(chunk => ['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(chunk.type));
  const { data, palette } = decode(concatenate([pngSignature, ...needed.map(chunk => chunk.whole)]), {
    checkCrc: true,
  });
  return {
    width,
    height,
    labels: samples(data, header),
    palette: header.colourType === 3 && palette ? palette.map(colour => toHex(colour as unknown as Rgb)) : null,
  };
}

function checkHeader({ width, height, colourType, depth, interlaced }: PngHeader, maxPixels: number): void {
  if (colourType !== 0 && colourType !== 3) {
    throw new Error('This PNG file holds a picture, not a mask: a mask has one value a pixel, indexed or grey.');
  }
  const depths = colourType === 3 ? [1, 2, 4, 8] : [1, 2, 4, 8, 16];
  if (!depths.includes(depth))
    throw new Error(`The PNG file claims ${depth} bits a pixel, which its format does not have.`);
  if (interlaced)
    throw new Error('This mask is an interlaced PNG file, which Labelless does not read. Save it without interlacing.');
  if (width * height > maxPixels)
    throw new Error(`This mask of ${width}×${height} pixels is beyond the limit of ${maxPixels} pixels.`);
}

/** Unpacks samples of less than a byte; each row starts at a byte. */
function samples(data: ArrayLike<number> & Iterable<number>, { width, height, depth }: PngHeader): Uint16Array {
  if (depth >= 8) return Uint16Array.from(data);
  const rowBytes = Math.ceil((width * depth) / 8);
  const values = new Uint16Array(width * height);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      const bit = x * depth;
      values[p] = (data[y * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
    }
  }
  return values;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
