/** An image format that Labelless reads. */
export type ImageKind = 'png' | 'jpeg' | 'webp' | 'tiff' | 'bmp' | 'gif' | 'avif';

/** Number of bytes that `imageKindOf` needs. */
export const signatureLength = 64;

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/**
 * Whether an ISO base media file names AVIF as its brand, or as one that it is compatible with, in its first box
 * (ISO/IEC 14496-12, 4.3).
 */
function isAvif(bytes: Uint8Array): boolean {
  if (ascii(bytes, 4, 8) !== 'ftyp') return false;
  const end = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
  for (let at = 8; at + 4 <= end; at += 4) if (/^avi[fs]$/.test(ascii(bytes, at, at + 4))) return true;
  return false;
}

/**
 * The image format of a file by its first bytes, whatever its name; undefined for anything else. Decoders get no other
 * file, so that they never open formats which libvips also reads (SVG with references to other files, for one).
 */
export function imageKindOf(bytes: Uint8Array): ImageKind | undefined {
  const start = ascii(bytes, 0, 4);
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start)) return 'tiff';
  if (start === 'GIF8') return 'gif';
  if (start.startsWith('BM')) return 'bmp';
  return isAvif(bytes) ? 'avif' : undefined;
}

/**
 * Whether a PNG is an animation (APNG): then it has a chunk for that before its pixels. Its first frame may be another
 * picture than the one that programs without animations show.
 */
export function isAnimatedPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = ascii(bytes, at + 4, at + 8);
    if (type === 'acTL') return true;
    if (type === 'IDAT') return false;
  }
  return false;
}
