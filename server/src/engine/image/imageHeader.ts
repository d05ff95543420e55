import type { FileHandle } from 'node:fs/promises';
import sharp from 'sharp';
import { openRegularFile } from '../../../../files/regularFile';
import type { ImageView } from '../../../../mask/document/imageView';
import { imageKindOf, signatureLength, type ImageKind } from '../../../../mask/files/imageKinds';
import type { ImageHeader } from '../../../../protocol/imageMessages';
import { bmpHeaderLength, readBmpHeader } from './bmp';
import { firstLine, ImageError, readFailure } from './imageError';
import { TiffDirectory, type ReadAt } from './tiffDirectory';
import { readTiffLayout } from './tiffLayout';

// A file may change under a path that was read before; libvips would answer from its cache.
sharp.cache(false);

/** The limits of images: `megapixels` in millions of pixels, `fileSize` in millions of bytes. */
export interface ImageLimits {
  readonly megapixels: number;
  readonly fileSize: number;
}

/** What settings say about the reading of images. */
export interface ReadingSettings {
  readonly limits: ImageLimits;
  readonly image: ImageView;
}

const bits: Readonly<Record<string, number>> = {
  char: 8,
  uchar: 8,
  short: 16,
  ushort: 16,
  int: 32,
  uint: 32,
  float: 32,
  double: 64,
};

/** The image formats as messages list them. */
const kindList = 'PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF';

/**
 * Reads the header of an image and checks it against the limits, before anything is decoded.
 * @param page of a TIFF, from 1
 * @throws ImageError for what is missing, unreadable, no image, or above a limit.
 */
export async function readImageHeader(file: string, limits: ImageLimits, page = 1): Promise<ImageHeader> {
  let handle;
  try {
    const opened = await openRegularFile(file);
    ({ handle } = opened);
    const { size } = opened;
    return await checkedHeader({ file, size, readAt: handleReader(handle), input: file }, limits, page);
  } catch (error) {
    throw error instanceof ImageError ? error : readFailure(file, error);
  } finally {
    await handle?.close();
  }
}

/** Reads the header of an image in memory, as `readImageHeader`. @param file the name that errors call it by */
export async function headerOfBytes(
  file: string,
  bytes: Uint8Array,
  limits: ImageLimits,
  page = 1,
): Promise<ImageHeader> {
  const readAt: ReadAt = (position, length) => Promise.resolve(bytes.subarray(position, position + length));
  return checkedHeader({ file, size: bytes.length, readAt, input: bytes }, limits, page);
}

/** An encoded image: its name, its length in bytes, and how to get at them. */
interface EncodedImage {
  readonly file: string;
  readonly size: number;
  readonly readAt: ReadAt;
  /** What the image library reads: the path of the file, or its bytes. */
  readonly input: string | Uint8Array;
}

async function checkedHeader(image: EncodedImage, limits: ImageLimits, page: number): Promise<ImageHeader> {
  const { file, size, readAt } = image;
  checkSize(file, size, limits);
  const head = await readAt(0, Math.max(signatureLength, bmpHeaderLength));
  const kind = imageKindOf(head);
  if (!kind) throw new ImageError(file, `it is not an image that can be read: it holds no ${kindList}`);
  const info = await inspect(image, kind, head, page);
  checkPixels(file, info, limits);
  return info;
}

function handleReader(handle: FileHandle): ReadAt {
  return async (position, length) => {
    // No more than the file holds, whatever a damaged header claims.
    const { size } = await handle.stat();
    if (!(position < size)) return new Uint8Array(0);
    const wanted = new Uint8Array(Math.min(length, size - position));
    const { bytesRead } = await handle.read(wanted, { position });
    return wanted.subarray(0, bytesRead);
  };
}

async function inspect(image: EncodedImage, kind: ImageKind, head: Uint8Array, page: number): Promise<ImageHeader> {
  if (kind === 'bmp') return inspectBmp(image, head);
  return kind === 'tiff' ? inspectTiff(image, page) : inspectByLibrary(image, kind);
}

function checkSize(file: string, size: number, limits: ImageLimits): void {
  if (size === 0) throw new ImageError(file, 'it is empty (0 bytes)');
  if (size <= limits.fileSize * 1e6) return;
  throw new ImageError(
    file,
    `its ${(size / 1e6).toFixed(1)} MB are above the limit of ${limits.fileSize} MB; ` +
      'the setting labelless.limits.fileSize raises it',
    'labelless.limits.fileSize',
  );
}

function checkPixels(file: string, { width, height }: ImageHeader, limits: ImageLimits): void {
  const megapixels = (width * height) / 1e6;
  if (megapixels <= limits.megapixels) return;
  throw new ImageError(
    file,
    `its ${width} × ${height} pixels (${megapixels.toFixed(2)} megapixels) are above the limit of ` +
      `${limits.megapixels} megapixels; the setting labelless.limits.megapixels raises it`,
    'labelless.limits.megapixels',
  );
}

function inspectBmp({ file, size }: EncodedImage, head: Uint8Array): ImageHeader {
  const { width, height, bitsPerPixel } = readBmpHeader(file, head);
  return { kind: 'bmp', width, height, channels: bitsPerPixel === 32 ? 4 : 3, depth: 8, pages: 1, size };
}

/** The image library's own header fails for kinds of TIFF that are read all the same. */
async function inspectTiff({ file, size, readAt }: EncodedImage, page: number): Promise<ImageHeader> {
  const layout = await readTiffLayout(file, await TiffDirectory.read(file, readAt, page));
  const turned = layout.orientation > 4;
  return {
    kind: 'tiff',
    width: turned ? layout.height : layout.width,
    height: turned ? layout.width : layout.height,
    channels: layout.bands,
    depth: layout.bits,
    pages: layout.pages,
    size,
    ...(layout.orientation > 1 && { orientation: layout.orientation }),
  };
}

async function inspectByLibrary({ file, size, input }: EncodedImage, kind: ImageKind): Promise<ImageHeader> {
  let metadata;
  try {
    metadata = await sharp(input, { limitInputPixels: false }).metadata();
  } catch (error) {
    throw new ImageError(file, `it is damaged or cut off, its header cannot be read: ${firstLine(error)}`);
  }
  const { autoOrient, channels, depth, pages = 1, orientation } = metadata;
  return {
    kind,
    width: autoOrient.width,
    height: autoOrient.height,
    channels,
    depth: bits[depth] ?? 8,
    pages,
    size,
    ...(orientation !== undefined && { orientation }),
  };
}
