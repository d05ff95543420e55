import { ImageError } from './imageError';
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

/**
 * Bytes that `readBmpHeader` looks at: the file header and the part of the information header that all its versions
 * share.
 */
export const bmpHeaderLength = 70;

/** How a Windows bitmap lays out its pixels (BITMAPFILEHEADER and BITMAPINFOHEADER to BITMAPV5HEADER, Windows GDI). */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Rows from the top; the usual order is from the bottom. */
  readonly topDown: boolean;
  readonly bitsPerPixel: 1 | 4 | 8 | 16 | 24 | 32;
  /** Byte offsets in the file, and how many entries of how many bytes the palette has. */
  readonly pixels: number;
  readonly palette: { readonly at: number; readonly count: number; readonly stride: 3 | 4 };
  /** Bit masks of red, green, blue and alpha in a 16- or 32-bit pixel; an alpha of 0 means opaque. */
  readonly masks: readonly [number, number, number, number];
}

const depths = [1, 4, 8, 16, 24, 32] as const;
const compressions: Readonly<Record<number, string>> = { 1: 'run-length', 2: 'run-length', 4: 'JPEG', 5: 'PNG' };
const bitFields = 3;
const alphaBitFields = 6;

/**
 * Reads a bitmap's header from the file's first bytes.
 * @throws ImageError for a damaged header, and for compressed bitmaps.
 */
export function readBmpHeader(file: string, bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = bytes.length >= 18 ? view.getUint32(14, true) : 0;
  if ((size !== 12 && size < 40) || bytes.length < 14 + Math.min(size, 40))
    throw new ImageError(file, 'its header is damaged: it is cut off');
  const core = size === 12;
  const signedHeight = core ? view.getUint16(20, true) : view.getInt32(22, true);
  const width = core ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = Math.abs(signedHeight);
  const depth = view.getUint16(core ? 24 : 28, true);
  const bitsPerPixel = depths.find(known => known === depth);
  if (width < 1 || height < 1)
    throw new ImageError(file, `its header is damaged: it claims ${width} × ${height} pixels`);
  if (!bitsPerPixel) throw new ImageError(file, `its header is damaged: it claims ${depth} bits a pixel`);
  const compression = core ? 0 : view.getUint32(30, true);
  if (compression !== 0 && compression !== bitFields && compression !== alphaBitFields) {
    throw new ImageError(
      file,
      `its ${compressions[compression] ?? 'unknown'} compression inside BMP is not supported; save it as PNG`,
    );
  }
  const masked = compression !== 0;
  return {
    width,
    height,
    topDown: signedHeight < 0,
    bitsPerPixel,
    pixels: view.getUint32(10, true),
    palette: paletteOf(view, size, bitsPerPixel),
    masks: masked
      ? readMasks(file, view, size, compression)
      : bitsPerPixel === 16
        ? [0x7c00, 0x3e0, 0x1f, 0]
        : [0xff0000, 0xff00, 0xff, 0],
  };
}

function paletteOf(view: DataView, headerSize: number, bitsPerPixel: number): BmpHeader['palette'] {
  const all = bitsPerPixel <= 8 ? 2 ** bitsPerPixel : 0;
  const used = headerSize === 12 ? 0 : view.getUint32(46, true);
  return { at: 14 + headerSize, count: used > 0 ? Math.min(used, all) : all, stride: headerSize === 12 ? 3 : 4 };
}

/** The masks follow the shortest header and are a part of the longer ones, at the same place. */
function readMasks(file: string, view: DataView, headerSize: number, compression: number): BmpHeader['masks'] {
  if (view.byteLength < bmpHeaderLength)
    throw new ImageError(file, 'its header is damaged: its colour masks are cut off');
  const alpha = headerSize >= 56 || compression === alphaBitFields ? view.getUint32(66, true) : 0;
  return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true), alpha];
}
