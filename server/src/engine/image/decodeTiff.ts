import { ImageError } from './imageError';
import type { Picture } from './picture';
import { chooseRange, rangeNote, type ValueRange, type ValueType } from './valueRange';
import { tiffCompression } from './tiffCompression';
import type { TiffDirectory } from './tiffDirectory';
import { photometrics, tiffBands, type TiffBands, type TiffLayout } from './tiffLayout';
import { knowsPrediction } from './tiffPrediction';
import { TiffSamples } from './tiffSamples';
import { knowsValues } from './tiffValues';
import { paintPixels, readColourMap } from './tiffColours';

/** A picture as it is stored, without its orientation applied, and what there is to say about how it is shown. */
export interface DecodedTiff {
  readonly picture: Picture;
  readonly notes: readonly string[];
}

/**
 * Decodes the TIFF files that the image library does not read, or not as they are meant: other depths than 8 bits,
 * bands that are neither colour nor transparency, Lab, ZSTD.
 * @param maxPixels the limit of pixels of a picture
 * @returns undefined for a file that the image library reads well
 * @throws ImageError for a file that neither reads, and for a damaged one
 */
export async function decodeTiff(
  file: string,
  bytes: Uint8Array,
  layout: TiffLayout,
  directory: TiffDirectory,
  maxPixels: number,
): Promise<DecodedTiff | undefined> {
  const bands = tiffBands(layout);
  if (isCommon(layout, bands)) return undefined;
  checkSupport(file, layout, bands);
  const samples = await TiffSamples.open(file, bytes, layout, directory, maxPixels);
  const type: ValueType = { format: layout.format as ValueType['format'], bits: layout.bits };
  const isPalette = layout.photometric === photometrics.palette;
  const { range, alphaRange } = isPalette ? indexRange : findRanges(samples, layout, bands, type);
  // Its colour profile, which only the library applies, matters more than anything here.
  const byLibrary = layout.bits === 16 && layout.format === 'uint' && layout.photometric <= photometrics.rgb;
  if (byLibrary && layout.hasProfile && !range.stretched && isPlain(layout, bands) && layout.noData === undefined)
    return undefined;
  const colourMap = isPalette ? await readColourMap(file, directory, layout.bits) : undefined;
  const painted = paintPixels(samples, layout, bands, { range, alphaRange, colourMap });
  return {
    picture: { width: layout.width, height: layout.height, rgb: painted.rgb },
    notes: [
      ...(range.stretched ? [rangeNote(range, type)] : []),
      ...(bands.unused > 0 ? [bandsNote(bands, layout.bands)] : []),
      ...(painted.empty > 0 ? [`${painted.empty} of its pixels have no value and are shown white`] : []),
    ],
  };
}

/** The reason why the image library does not read a file, where that is how it is compressed. */
export function unreadCompression({ compression }: TiffLayout): string | undefined {
  const { name, isRead } = tiffCompression(compression);
  return isRead ? undefined : `its compression, ${name}, is not supported; save it as TIFF with LZW or as PNG`;
}

const indexRange = { range: { low: 0, high: 255, stretched: false }, alphaRange: 255 };

/** Whether the bands are those that the colour model needs, and transparency that is not multiplied in. */
function isPlain({ photometric }: TiffLayout, { unused, premultiplied, colours }: TiffBands): boolean {
  const greyOfThree = photometric <= photometrics.grey && colours === 3;
  return unused === 0 && !premultiplied && !greyOfThree;
}

/** Whether the image library reads such a file well. */
function isCommon(layout: TiffLayout, bands: TiffBands): boolean {
  const { bits, format, photometric, compression, reversedBits } = layout;
  // Compressions of two levels, and those which the library alone knows.
  if (bits === 1 && (reversedBits || !tiffCompression(compression).unpack) && isPlain(layout, bands)) return true;
  if (photometric === photometrics.yCbCr) return true;
  const known = [
    photometrics.whiteIsZero,
    photometrics.grey,
    photometrics.rgb,
    photometrics.palette,
    photometrics.cmyk,
  ];
  return (
    bits === 8 &&
    format === 'uint' &&
    known.includes(photometric) &&
    isPlain(layout, bands) &&
    tiffCompression(compression).name !== 'ZSTD'
  );
}

function checkSupport(file: string, layout: TiffLayout, bands: TiffBands): void {
  const { bits, format, photometric, compression, bands: count } = layout;
  const refuse = (what: string): never => {
    throw new ImageError(file, `${what}, which is not supported; save it as 8- or 16-bit TIFF or as PNG`);
  };
  if (format === 'complex') refuse('it holds complex numbers');
  const { name, unpack } = tiffCompression(compression);
  const unread = unpack ? undefined : unreadCompression(layout);
  if (unread !== undefined) throw new ImageError(file, unread);
  if (!unpack) refuse(`its ${count > 1 ? `${count} bands` : 'band'} of ${bits} bits are compressed by ${name}`);
  const kind = { uint: '', int: 'signed ', float: 'floating-point ', complex: 'complex ' }[format];
  if (!knowsValues(layout)) refuse(`its samples are ${kind}numbers of ${bits} bits`);
  if (!knowsPrediction(layout)) refuse('its samples are predicted in a way of its own');
  if (layout.reversedBits && bits < 8) refuse('the bits of its bytes are in reverse');
  const isLab = photometric === photometrics.lab || photometric === photometrics.iccLab;
  if (!isLab && photometric > photometrics.cmyk)
    refuse(photometric === 32803 ? 'it holds raw data of a sensor' : `its colour model is number ${photometric}`);
  if (isLab && (bands.colours !== 3 || format === 'float')) refuse('its Lab colours have other bands than three');
  if (photometric === photometrics.palette && (bits > 8 || format !== 'uint')) refuse(`its palette has ${bits} bits`);
}

/** Finds the range of the colours, and the alpha value that is opaque. */
function findRanges(
  samples: TiffSamples,
  { noData, photometric }: TiffLayout,
  { colours, alpha }: TiffBands,
  type: ValueType,
): { range: ValueRange; alphaRange: number } {
  const full = { low: 0, high: 2 ** type.bits - 1, stretched: false };
  const isLab = photometric === photometrics.lab || photometric === photometrics.iccLab;
  if (isLab || (type.format === 'uint' && type.bits <= 8)) return { range: full, alphaRange: full.high };
  const [colour, transparency] = [new Extent(noData), new Extent(undefined)];
  const bands = [...Array(colours).keys(), ...(alpha === undefined ? [] : [alpha])];
  samples.read(bands, (band, _x, _y, values) => {
    (band === alpha ? transparency : colour).add(values);
  });
  return { range: chooseRange(type, colour.low, colour.high), alphaRange: opaque(type, transparency.high) };
}

/** The least and the greatest of values, without those that are no number, infinite or mean that there is no value. */
class Extent {
  low = Infinity;
  high = -Infinity;

  constructor(private readonly noData: number | undefined) {}

  add(values: Float64Array): void {
    for (const value of values) {
      if (value === this.noData || !Number.isFinite(value)) continue;
      if (value < this.low) this.low = value;
      if (value > this.high) this.high = value;
    }
  }
}

/** The alpha value that is opaque: the greatest of the type, or of the image where it uses less than half of it. */
function opaque(type: ValueType, greatest: number): number {
  const { high, stretched } = chooseRange(type, 0, Math.max(0, greatest));
  return stretched ? greatest : high;
}

function bandsNote({ colours, unused, alpha }: TiffBands, bands: number): string {
  const used = { 1: 'the first', 3: 'the first three', 4: 'the first four' }[colours];
  const rest = alpha === undefined ? '' : ' and its transparency';
  return `${used} of its ${bands} bands ${colours === 1 && rest === '' ? 'is' : 'are'} used${rest}; ${unused} ${
    unused === 1 ? 'is' : 'are'
  } left out`;
}
