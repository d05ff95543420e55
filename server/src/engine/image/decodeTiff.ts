import { ImageError } from './imageError';
import type { Picture } from './picture';
import type { ImageView } from '../../../../mask/document/imageView';
import { parseRange, type RangeChoice } from '../../../../mask/document/rangeChoice';
import { chooseRange, chosenRange, rangeNote, type ValueRange, type ValueType } from './valueRange';
import { ValueStatistics } from './valueStatistics';
import { tiffCompression } from './tiffCompression';
import type { TiffDirectory } from './tiffDirectory';
import { chosenBands, photometrics, type TiffBands, type TiffLayout } from './tiffLayout';
import { knowsPrediction } from './tiffPrediction';
import { TiffSamples } from './tiffSamples';
import { knowsValues } from './tiffValues';
import { paintPixels, readColourMap } from './tiffColours';

/** A picture as it is stored, without its orientation applied, and what there is to say about how it is shown. */
export interface DecodedTiff {
  readonly picture: Picture;
  /** The values that are black and white. */
  readonly range: ValueRange;
  readonly notes: readonly string[];
}

/**
 * Decodes the TIFF files that the image library does not read, or not as they are meant: other depths than 8 bits,
 * bands that are neither colour nor transparency, Lab, ZSTD.
 * @param maxPixels the limit of pixels of a picture
 * @param view the range and bands that are wanted
 * @returns undefined for a file that the image library reads well
 * @throws ImageError for a file that neither reads, and for a damaged one
 */
export async function decodeTiff(
  file: string,
  bytes: Uint8Array,
  layout: TiffLayout,
  directory: TiffDirectory,
  maxPixels: number,
  view: ImageView,
): Promise<DecodedTiff | undefined> {
  const bands = chosenBands(file, layout, view.bands);
  const wanted = parseRange(view.range) ?? null;
  const isChosen = view.bands.length > 0 || (wanted !== null && hasRange(layout));
  if (isCommon(layout, bands) && !isChosen) return undefined;
  checkSupport(file, layout, bands);
  const samples = await TiffSamples.open(file, bytes, layout, directory, maxPixels);
  const type: ValueType = { format: layout.format as ValueType['format'], bits: layout.bits };
  const isPalette = layout.photometric === photometrics.palette;
  const { range, alphaRange } = isPalette ? indexRange : findRanges(samples, layout, bands, type, wanted);
  // Its colour profile, which only the library applies, matters more than anything here.
  const byLibrary =
    layout.bits === 16 && layout.format === 'uint' && layout.photometric <= photometrics.rgb && !isChosen;
  if (byLibrary && layout.hasProfile && !range.stretched && isPlain(layout, bands) && layout.noData === undefined)
    return undefined;
  const colourMap = isPalette ? await readColourMap(file, directory, layout.bits) : undefined;
  const painted = paintPixels(samples, layout, bands, { range, alphaRange, colourMap });
  return {
    range,
    picture: { width: layout.width, height: layout.height, rgb: painted.rgb },
    notes: [
      ...(range.stretched ? [rangeNote(range, type)] : []),
      ...(bands.unused > 0 && view.bands.length === 0 ? [bandsNote(bands, layout.bands)] : []),
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

/** Whether values of the file become brightness each by itself, so that a range of them can be chosen. */
function hasRange({ photometric, compression }: TiffLayout): boolean {
  return photometric <= photometrics.rgb && tiffCompression(compression).unpack !== undefined;
}

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

/** Finds the range of the colours, the one that is wanted or else a fitting one, and the alpha value that is opaque. */
function findRanges(
  samples: TiffSamples,
  { noData, photometric }: TiffLayout,
  { sources, alpha }: TiffBands,
  type: ValueType,
  wanted: RangeChoice | null,
): { range: ValueRange; alphaRange: number } {
  const full = { low: 0, high: 2 ** type.bits - 1, stretched: false };
  const isLab = photometric === photometrics.lab || photometric === photometrics.iccLab;
  const isByte = type.format === 'uint' && type.bits <= 8;
  if (isLab || (isByte && !wanted)) return { range: full, alphaRange: full.high };
  const { width, height } = samples;
  const colour = new ValueStatistics(noData, wanted?.percent ? { width, height, bands: sources.length } : undefined);
  const transparency = new ValueStatistics(undefined);
  const bands = [...new Set(sources), ...(alpha === undefined ? [] : [alpha])];
  samples.read(bands, (band, x, y, values) => {
    (band === alpha ? transparency : colour).add(x, y, values);
  });
  return { range: chosenRange(wanted, type, colour), alphaRange: isByte ? full.high : opaque(type, transparency.high) };
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
