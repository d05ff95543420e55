import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { readRegularFile } from '../../../../files/regularFile';
import { decodeBmp } from './bmp';
import { firstLine, ImageError, readFailure } from './imageError';
import type { ImageHeader } from '../../../../protocol/imageMessages';
import { readImageHeader, type ImageLimits } from './imageHeader';
import type { Picture } from './picture';

/** An image in memory, and the SHA-256 (hexadecimal) of the bytes that it was decoded from. */
export interface LoadedImage {
  readonly file: string;
  readonly header: ImageHeader;
  readonly picture: Picture;
  readonly sha256: string;
}

/** Width and height to scale a picture to, whatever its proportions. */
export type TargetSize = readonly [width: number, height: number];

/**
 * Decodes an image once its header is found to be within the limits.
 * @param size scales the picture, which is faster than to decode it whole and to scale it then
 * @throws ImageError for what `inspect` refuses and for damaged or cut-off pixel data.
 */
export async function loadImage(file: string, limits: ImageLimits, size?: TargetSize): Promise<LoadedImage> {
  const info = await readImageHeader(file, limits);
  const bytes = await readRegularFile(file, limits.fileSize * 1e6).catch((error: unknown) => {
    throw readFailure(file, error);
  });
  const picture =
    info.kind === 'bmp' ? await scaled(decodeBmp(file, bytes), size) : await decodeByLibrary(file, bytes, limits, size);
  return { file, header: info, picture, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The picture of an image file: see `loadImage`. */
export async function readPicture(file: string, limits: ImageLimits): Promise<Picture> {
  return (await loadImage(file, limits)).picture;
}

async function scaled(picture: Picture, size: TargetSize | undefined): Promise<Picture> {
  if (!size) return picture;
  const [width, height] = size;
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  return {
    width,
    height,
    rgb: await sharp(picture.rgb, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer(),
  };
}

async function decodeByLibrary(
  file: string,
  bytes: Uint8Array,
  limits: ImageLimits,
  size: TargetSize | undefined,
): Promise<Picture> {
  // `error` and not the library's `warning`: harmless flaws, such as a wrong colour profile in a PNG, are common in
  // real photos.
  const options = { failOn: 'error', autoOrient: true, limitInputPixels: Math.ceil(limits.megapixels * 1e6) } as const;
  try {
    const image = sharp(bytes, options);
    const { data, info } = await (size ? image.resize(...size, { fit: 'fill' }) : image)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = info.channels === 3 ? data : threeChannels(data, info.channels);
    return { width: info.width, height: info.height, rgb };
  } catch (error) {
    throw new ImageError(file, `it is damaged or cut off: ${firstLine(error)}`);
  }
}

/** Converts grey, or more channels than colour has, to three channels. */
function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  const last = channels < 3 ? 0 : 2;
  for (let from = 0, to = 0; from < data.length; from += channels) {
    for (let c = 0; c < 3; c++) rgb[to++] = data[from + Math.min(c, last)];
  }
  return rgb;
}
