import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { pngChunks, pngHeader, pngSignature } from '../../../../mask/files/pngChunks';
import { firstLine, ImageError, readBytes } from './imageError';
import { readImageHeader, type ImageLimits } from './imageHeader';

/** The numbers of a label image as its file holds them: one value a pixel, or the three of a colour. */
export interface LabelImage {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}

/**
 * Reads a label PNG: palette indices, grey values of any depth, or colours of 8 or 16 bits, without any conversion of
 * colour.
 * @throws ImageError for what is no PNG, above a limit, or damaged
 */
export async function readLabelImage(file: string, limits: ImageLimits): Promise<LabelImage> {
  const info = await readImageHeader(file, limits);
  if (info.kind !== 'png')
    throw new ImageError(
      file,
      `labels are PNG files, this is ${info.kind.toUpperCase()}: only PNG keeps every value exactly`,
    );
  const bytes = await readBytes(file, limits.fileSize);
  try {
    return await decode(bytes, limits);
  } catch (error) {
    throw new ImageError(file, `it is damaged or cut off: ${firstLine(error)}`);
  }
}

async function decode(bytes: Uint8Array, limits: ImageLimits): Promise<LabelImage> {
  const { depth, colourType } = pngHeader(pngChunks(bytes));
  const channels = colourType === 2 || colourType === 6 ? 3 : 1;
  const wide = depth === 16;
  const { data, info } = await sharp(colourType === 3 ? indicesAsGrey(bytes) : bytes, {
    failOn: 'error',
    ignoreIcc: true,
    limitInputPixels: Math.ceil(limits.megapixels * 1e6),
  })
    .removeAlpha()
    .toColourspace(channels === 3 ? (wide ? 'rgb16' : 'srgb') : wide ? 'grey16' : 'b-w')
    .raw({ depth: wide ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  if (info.channels !== channels) throw new Error(`it decodes to ${info.channels} channels for ${channels}`);
  return {
    width,
    height,
    channels,
    data: wide ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : unscaled(data, depth),
  };
}

/** The decoder stretches values of less than 8 bits over 0 … 255; this puts them back. Changes `data`. */
function unscaled(data: Uint8Array, depth: number): Uint8Array {
  if (depth === 8) return data;
  const factor = 255 / (2 ** depth - 1);
  for (let p = 0; p < data.length; p++) data[p] /= factor;
  return data;
}

/** Converts a PNG of palette indices to one of grey values: the decoder would answer with the palette's colours. */
function indicesAsGrey(bytes: Uint8Array): Uint8Array {
  const needed = pngChunks(bytes).filter(({ type }) => ['IHDR', 'IDAT', 'IEND'].includes(type));
  const header = Buffer.from(needed[0].whole);
  header[17] = 0; // colour type
  header.writeUInt32BE(crc32(header.subarray(4, 21)), 21);
  return Buffer.concat([pngSignature, header, ...needed.slice(1).map(({ whole }) => whole)]);
}
