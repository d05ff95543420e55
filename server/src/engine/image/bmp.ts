import { readBmpHeader, type BmpHeader } from './bmpHeader';
import { ImageError } from './error';
import type { Picture } from './picture';

type ReadPixel = (row: number, x: number, rgb: Uint8Array, to: number) => void;

/**
 * Decodes an uncompressed Windows bitmap of any depth, palette or bit masks, over white where it is transparent.
 * @throws ImageError when the file ends before its pixels do.
 */
export function decodeBmp(file: string, bytes: Uint8Array): Picture {
  const header = readBmpHeader(file, bytes);
  const { width, height, topDown, bitsPerPixel, pixels } = header;
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (pixels + stride * height > bytes.length)
    throw new ImageError(file, 'it is cut off: the file ends before its pixels do');
  const read =
    bitsPerPixel <= 8
      ? paletteReader(file, header, bytes)
      : bitsPerPixel === 24
        ? readBgr(bytes)
        : maskReader(header, bytes);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = pixels + stride * (topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) read(row, x, rgb, (y * width + x) * 3);
  }
  return { width, height, rgb };
}

function paletteReader(file: string, { palette, bitsPerPixel }: BmpHeader, bytes: Uint8Array): ReadPixel {
  if (palette.at + palette.count * palette.stride > bytes.length)
    throw new ImageError(file, 'it is cut off: the file ends in its palette');
  const perByte = 8 / bitsPerPixel;
  const mask = 2 ** bitsPerPixel - 1;
  return (row, x, rgb, to) => {
    const shift = 8 - bitsPerPixel * ((x % perByte) + 1);
    const index = (bytes[row + Math.floor(x / perByte)] >> shift) & mask;
    if (index >= palette.count) return; // black, as every viewer shows it
    const from = palette.at + index * palette.stride;
    copyBgr(bytes, from, rgb, to);
  };
}

function readBgr(bytes: Uint8Array): ReadPixel {
  return (row, x, rgb, to) => {
    copyBgr(bytes, row + x * 3, rgb, to);
  };
}

function copyBgr(bytes: Uint8Array, from: number, rgb: Uint8Array, to: number): void {
  rgb[to] = bytes[from + 2];
  rgb[to + 1] = bytes[from + 1];
  rgb[to + 2] = bytes[from];
}

function maskReader({ masks, bitsPerPixel }: BmpHeader, bytes: Uint8Array): ReadPixel {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const channels = masks.map(channelReader);
  const [, , , alphaMask] = masks;
  const word =
    bitsPerPixel === 16 ? (at: number) => view.getUint16(at, true) : (at: number) => view.getUint32(at, true);
  return (row, x, rgb, to) => {
    const value = word(row + (x * bitsPerPixel) / 8);
    const alpha = alphaMask === 0 ? 1 : channels[3](value);
    for (let c = 0; c < 3; c++) rgb[to + c] = Math.round(255 * (1 - alpha + alpha * channels[c](value)));
  };
}

/** A channel's value from 0 to 1 by its bit mask. */
function channelReader(mask: number): (value: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const top = mask >>> shift;
  return value => ((value & mask) >>> shift) / top;
}
