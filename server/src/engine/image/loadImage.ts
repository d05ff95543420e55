import { createHash } from 'node:crypto';
import sharp, { type Sharp } from 'sharp';
import { isAnimatedPng } from '../../../../mask/files/imageKinds';
import { decodeBmp } from './bmp';
import { firstLine, ImageError, readBytes } from './imageError';
import type { ImageHeader } from '../../../../protocol/imageMessages';
import { readImageHeader, type ImageLimits } from './imageHeader';
import { resizePicture, type Picture } from './picture';
import { decodeTiff, unreadCompression } from './decodeTiff';
import { TiffDirectory } from './tiffDirectory';
import { readTiffLayout } from './tiffLayout';
import { chooseRange, rangeNote, type ValueRange } from './valueRange';

/** An image in memory, and the SHA-256 (hexadecimal) of the bytes that it was decoded from. */
export interface LoadedImage {
  readonly file: string;
  readonly header: ImageHeader;
  readonly picture: Picture;
  readonly sha256: string;
  /** What of the file is shown otherwise than it is stored, or left out, as clauses that begin with `its` or `the`. */
  readonly notes: readonly string[];
}

/** Width and height to scale a picture to, whatever its proportions. */
export type TargetSize = readonly [width: number, height: number];

/** The size to scale a picture to, which may depend on its own. */
export type WantedSize = TargetSize | ((image: ImageHeader) => TargetSize);

/**
 * Decodes an image once its header is found to be within the limits.
 * @param size scales the picture, which is faster than to decode it whole and to scale it then
 * @throws ImageError for what `inspect` refuses and for damaged or cut-off pixel data.
 */
export async function loadImage(file: string, limits: ImageLimits, size?: WantedSize): Promise<LoadedImage> {
  const header = await readImageHeader(file, limits);
  const bytes = await readBytes(file, limits.fileSize);
  const wanted = typeof size === 'function' ? size(header) : size;
  const { picture, notes } = await decode(file, bytes, header, limits, wanted);
  return {
    file,
    header,
    picture,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes: [...notes, ...pagesNotes(header, bytes)],
  };
}

/** The picture of an image file: see `loadImage`. */
export async function readPicture(file: string, limits: ImageLimits): Promise<Picture> {
  return (await loadImage(file, limits)).picture;
}

type Decoded = Pick<LoadedImage, 'picture' | 'notes'>;

async function decode(
  file: string,
  bytes: Uint8Array,
  header: ImageHeader,
  limits: ImageLimits,
  size: TargetSize | undefined,
): Promise<Decoded> {
  if (header.kind === 'bmp') return { picture: await scaled(decodeBmp(file, bytes), size), notes: [] };
  let failure: string | undefined;
  if (header.kind === 'tiff') {
    const directory = await TiffDirectory.read(file, (position, length) =>
      Promise.resolve(bytes.subarray(position, position + length)),
    );
    const layout = await readTiffLayout(file, directory);
    const decoded = await decodeTiff(file, bytes, layout, directory, limits.megapixels * 1e6);
    if (decoded) return { ...decoded, picture: await scaled(await upright(decoded.picture, layout.orientation), size) };
    failure = unreadCompression(layout);
  }
  return decodeByLibrary(file, bytes, header, limits, size, failure);
}

/** Turns a picture as an EXIF orientation says. */
async function upright(picture: Picture, orientation: number): Promise<Picture> {
  if (orientation === 1) return picture;
  const mirrored = [2, 4, 5, 7].includes(orientation);
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
  const image = sharp(picture.rgb, { raw });
  const { data, info } = await (mirrored ? sharp(await image.flop().raw().toBuffer(), { raw }) : image)
    .rotate(quarterTurns[orientation - 1] * 90)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}

/** Clockwise, after mirroring left and right where the orientation is even or above 4 and odd. */
const quarterTurns = [0, 0, 2, 2, 3, 1, 1, 3] as const;

/** What the header tells of the pages or frames that are left out. */
function pagesNotes({ kind, pages }: ImageHeader, bytes: Uint8Array): string[] {
  if (kind === 'png' && isAnimatedPng(bytes)) return ['it is an animation, of which one picture is used'];
  if (pages < 2) return [];
  return [`the first of its ${pages} ${kind === 'tiff' ? 'pages' : 'frames'} is used`];
}

async function scaled(picture: Picture, size: TargetSize | undefined): Promise<Picture> {
  return size ? resizePicture(picture, ...size) : picture;
}

async function decodeByLibrary(
  file: string,
  bytes: Uint8Array,
  { kind, depth }: ImageHeader,
  limits: ImageLimits,
  size: TargetSize | undefined,
  failure: string | undefined,
): Promise<Decoded> {
  // `error` and not the library's `warning`: harmless flaws, such as a wrong colour profile in a PNG, are common in
  // real photos.
  const options = { failOn: 'error', autoOrient: true, limitInputPixels: Math.ceil(limits.megapixels * 1e6) } as const;
  try {
    const range = kind === 'png' && depth === 16 ? await pngRange(sharp(bytes, options)) : undefined;
    const image = sharp(bytes, options);
    if (range?.stretched) {
      const factor = 65_535 / (range.high - range.low);
      image.linear(factor, -range.low * factor);
    }
    const { data, info } = await (size ? image.resize(...size, { fit: 'fill' }) : image)
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const rgb = info.channels === 3 ? data : threeChannels(data, info.channels);
    return {
      picture: { width: info.width, height: info.height, rgb },
      notes: range?.stretched ? [rangeNote(range, sixteenBits)] : [],
    };
  } catch (error) {
    throw new ImageError(file, failure ?? `it is damaged or cut off: ${firstLine(error)}`);
  }
}

const sixteenBits = { format: 'uint', bits: 16 } as const;

/** The range to show of a PNG of 16 bits. */
async function pngRange(image: Sharp): Promise<ValueRange> {
  const { channels } = await image.stats();
  const colours = channels.length % 2 === 0 ? channels.slice(0, -1) : channels;
  return chooseRange(
    sixteenBits,
    Math.min(...colours.map(({ min }) => min)),
    Math.max(...colours.map(({ max }) => max)),
  );
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
