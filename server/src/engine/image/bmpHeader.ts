import { ImageError } from './error';

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
