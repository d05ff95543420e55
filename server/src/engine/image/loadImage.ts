import { createHash } from 'node:crypto';
import sharp, { type SharpOptions } from 'sharp';
import { sameView, usualView, type ImageView } from '../../../../mask/document/imageView';
import { parseRange, type RangeChoice } from '../../../../mask/document/rangeChoice';
import { isAnimatedPng } from '../../../../mask/files/imageKinds';
import { decodeBmp } from './bmp';
import { firstLine, ImageError, readBytes } from './imageError';
import type { ImageHeader } from '../../../../protocol/imageMessages';
import { headerOfBytes, readImageHeader, type ImageLimits } from './imageHeader';
import { resizePicture, type Picture } from './picture';
import { decodeTiff, unreadCompression } from './decodeTiff';
import { TiffDirectory } from './tiffDirectory';
import { readTiffLayout } from './tiffLayout';
import { chosenRange, rangeNote, type ValueRange } from './valueRange';
import { ValueStatistics } from './valueStatistics';

/** An image in memory, and the SHA-256 (hexadecimal) of the bytes that it was decoded from. */
export interface LoadedImage {
  readonly file: string;
  readonly header: ImageHeader;
  readonly picture: Picture;
  readonly sha256: string;
  /** The range, bands and page that were chosen, where they are not those of the file itself. */
  readonly view?: ImageView;
  /** The values that are black and white, where they are not 0 and 255 for certain. */
  readonly range?: ValueRange;
  /** What of the file is shown otherwise than it is stored, or left out, as clauses that begin with `its` or `the`. */
  readonly notes: readonly string[];
}

/** Width and height to scale a picture to, whatever its proportions. */
export type TargetSize = readonly [width: number, height: number];

/** The size to scale a picture to, which may depend on its own. */
export type WantedSize = TargetSize | ((image: ImageHeader) => TargetSize);

/** What of an image is wanted, and at which size. */
export interface LoadOptions {
  /** Scales the picture, which is faster than to decode it whole and to scale it then. */
  readonly size?: WantedSize | undefined;
  readonly view?: ImageView;
}

/**
 * Decodes an image once its header is found to be within the limits.
 * @throws ImageError for what `inspect` refuses and for damaged or cut-off pixel data.
 */
export async function loadImage(file: string, limits: ImageLimits, options: LoadOptions = {}): Promise<LoadedImage> {
  const header = await readImageHeader(file, limits, options.view?.page);
  return decodeImage(file, await readBytes(file, limits.fileSize), header, limits, options);
}

/**
 * Decodes an image in memory once its header is found to be within the limits.
 * @param file the path that the image goes by
 * @throws as `loadImage`
 */
export async function loadBytes(
  file: string,
  bytes: Uint8Array,
  limits: ImageLimits,
  options: LoadOptions = {},
): Promise<LoadedImage> {
  return decodeImage(file, bytes, await headerOfBytes(file, bytes, limits, options.view?.page), limits, options);
}

async function decodeImage(
  file: string,
  bytes: Uint8Array,
  header: ImageHeader,
  limits: ImageLimits,
  { size, view = usualView }: LoadOptions,
): Promise<LoadedImage> {
  const wanted = typeof size === 'function' ? size(header) : size;
  const { picture, range, notes } = await decode(file, bytes, { header, limits, size: wanted, view });
  return {
    file,
    header,
    picture,
    ...(!sameView(view, usualView) && { view }),
    ...(range && { range }),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    notes: [...notes, ...pagesNotes(header, bytes, view.page)],
  };
}

type Decoded = Pick<LoadedImage, 'picture' | 'range' | 'notes'>;

/** What a decoder is to do. */
interface Wanted {
  readonly size: TargetSize | undefined;
  readonly view: ImageView;
  readonly header: ImageHeader;
  readonly limits: ImageLimits;
}

async function decode(file: string, bytes: Uint8Array, wanted: Wanted): Promise<Decoded> {
  const { header, limits, size, view } = wanted;
  if (header.kind === 'bmp') return { picture: await scaled(decodeBmp(file, bytes), size), notes: [] };
  let failure: string | undefined;
  let page = 0;
  if (header.kind === 'tiff') {
    const readAt = (position: number, length: number) => Promise.resolve(bytes.subarray(position, position + length));
    const directory = await TiffDirectory.read(file, readAt, view.page);
    const layout = await readTiffLayout(file, directory);
    const decoded = await decodeTiff(file, bytes, layout, directory, limits.megapixels * 1e6, view);
    if (decoded) return { ...decoded, picture: await scaled(await upright(decoded.picture, layout.orientation), size) };
    failure = unreadCompression(layout);
    page = layout.index;
  }
  return decodeByLibrary(file, bytes, wanted, page, failure);
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
function pagesNotes({ kind, pages }: ImageHeader, bytes: Uint8Array, page: number): string[] {
  if (kind === 'png' && isAnimatedPng(bytes)) return ['it is an animation, of which one picture is used'];
  if (pages < 2) return [];
  if (kind !== 'tiff') return [`the first of its ${pages} frames is used`];
  return [page === 1 ? `the first of its ${pages} pages is used` : `page ${page} of its ${pages} pages is used`];
}

async function scaled(picture: Picture, size: TargetSize | undefined): Promise<Picture> {
  return size ? resizePicture(picture, ...size) : picture;
}

async function decodeByLibrary(
  file: string,
  bytes: Uint8Array,
  { header: { kind, depth, width, height }, limits, size, view }: Wanted,
  page: number,
  failure: string | undefined,
): Promise<Decoded> {
  // `error` and not the library's `warning`: harmless flaws, such as a wrong colour profile in a PNG, are common in
  // real photos.
  const options = {
    failOn: 'error',
    autoOrient: true,
    limitInputPixels: Math.ceil(limits.megapixels * 1e6),
    ...(page > 0 && { page }),
  } as const;
  try {
    const isWide = kind === 'png' && depth === 16;
    const range = isWide ? await pngRange(bytes, options, parseRange(view.range) ?? null, width * height) : undefined;
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
      ...(range && { range }),
      notes: range?.stretched ? [rangeNote(range, sixteenBits)] : [],
    };
  } catch (error) {
    throw new ImageError(file, failure ?? `it is damaged or cut off: ${firstLine(error)}`);
  }
}

const sixteenBits = { format: 'uint', bits: 16 } as const;

/**
 * The range to show of a PNG of 16 bits.
 * @param pixels their number, by which it is decided whether percentiles are those of some
 */
async function pngRange(
  bytes: Uint8Array,
  options: SharpOptions,
  wanted: RangeChoice | null,
  pixels: number,
): Promise<ValueRange> {
  if (!wanted?.percent) {
    const { channels } = await sharp(bytes, options).stats();
    const colours = channels.length % 2 === 0 ? channels.slice(0, -1) : channels;
    const low = Math.min(...colours.map(({ min }) => min));
    const high = Math.max(...colours.map(({ max }) => max));
    return chosenRange(wanted, sixteenBits, { low, high });
  }
  const image = sharp(bytes, { ...options, autoOrient: false, ignoreIcc: true }).removeAlpha();
  const scale = Math.min(1, Math.sqrt(mostSampled / pixels));
  const { width, height } = await image.metadata();
  if (scale < 1)
    image.resize(Math.ceil(width * scale), Math.ceil(height * scale), {
      fit: 'fill',
      kernel: 'nearest',
      fastShrinkOnLoad: false,
    });
  const { data, info } = await image
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const values = Float64Array.from(new Uint16Array(data.buffer, data.byteOffset, data.length / 2));
  const statistics = new ValueStatistics(undefined, { width: info.width, height: info.height, bands: info.channels });
  statistics.add(0, 0, values);
  return chosenRange(wanted, sixteenBits, statistics);
}

/** The most pixels whose values are looked at for percentiles. */
const mostSampled = 1_300_000;

/** Converts grey, or more channels than colour has, to three channels. */
function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((data.length / channels) * 3);
  const last = channels < 3 ? 0 : 2;
  for (let from = 0, to = 0; from < data.length; from += channels) {
    for (let c = 0; c < 3; c++) rgb[to++] = data[from + Math.min(c, last)];
  }
  return rgb;
}
