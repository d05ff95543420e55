/** The image formats that Labelless reads. */
export const imageKinds = ['png', 'jpeg', 'webp', 'tiff', 'bmp', 'gif', 'avif'] as const;
export type ImageKind = (typeof imageKinds)[number];

/** For messages. */
export const kindList = 'PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF';

/** Bytes that `sniff` needs. */
export const sniffLength = 64;

function ascii(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/**
 * ISO base media files name their brand, then the brands they are compatible with, in the first box (ISO/IEC 14496-12,
 * 4.3).
 */
function isAvif(bytes: Uint8Array): boolean {
  if (ascii(bytes, 4, 8) !== 'ftyp') return false;
  const end = Math.min(bytes.length, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
  for (let at = 8; at + 4 <= end; at += 4) if (/^avi[fs]$/.test(ascii(bytes, at, at + 4))) return true;
  return false;
}

/**
 * The format by a file's first bytes, whatever its name; undefined for anything else. Only what passes reaches a
 * decoder, so that formats which libvips would also open (SVG with references to other files, for one) never get there.
 */
export function sniff(bytes: Uint8Array): ImageKind | undefined {
  const start = ascii(bytes, 0, 4);
  if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(start)) return 'tiff';
  if (start === 'GIF8') return 'gif';
  if (start.startsWith('BM')) return 'bmp';
  return isAvif(bytes) ? 'avif' : undefined;
}
