import { ImageError } from './imageError';
import type { ValueRange } from './valueRange';
import { labToRgb } from './lab';
import { tags, type TiffDirectory } from './tiffDirectory';
import { photometrics, type TiffBands, type TiffLayout } from './tiffLayout';
import type { TiffSamples } from './tiffSamples';

/** How values become colours. */
interface Painting {
  readonly range: ValueRange;
  /** The alpha value that is opaque. */
  readonly alphaRange: number;
  /** Of palette indices: red, green and blue in turn. */
  readonly colourMap: Uint8Array | undefined;
}

/**
 * Reads a palette as bytes of red, green and blue.
 * @throws ImageError where it is too short
 */
export async function readColourMap(file: string, directory: TiffDirectory, bits: number): Promise<Uint8Array> {
  const size = 2 ** bits;
  const values = await directory.numbers(tags.colorMap, 3 * size);
  if (values.length < 3 * size) throw new ImageError(file, 'it is damaged or cut off: its palette is incomplete');
  // Some programs write 8 bits where 16 are due.
  const scale = values.some(value => value > 255) ? 257 : 1;
  return Uint8Array.from({ length: 3 * size }, (_, i) =>
    Math.round(values[(i % 3) * size + Math.floor(i / 3)] / scale),
  );
}

/**
 * Paints all pixels, over white where they are transparent or have no value.
 * @returns three bytes a pixel, and the number of pixels without a value
 */
export function paintPixels(
  samples: TiffSamples,
  layout: TiffLayout,
  { colours, sources, alpha, premultiplied }: TiffBands,
  { range, alphaRange, colourMap }: Painting,
): { rgb: Uint8Array; empty: number } {
  const { width, height, noData, photometric } = layout;
  const pixels = width * height;
  const bytes = new Uint8Array(pixels * colours);
  const alphas = alpha === undefined ? undefined : new Uint8Array(pixels);
  /** By pixel: the number of its colour bands that have a value. */
  const filled = layout.format === 'float' || noData !== undefined ? new Uint8Array(pixels) : undefined;
  // Half of each value where the range itself is beyond what a number holds.
  const unit = Number.isFinite(range.high - range.low) ? 1 : 0.5;
  const scale = 255 / (range.high * unit - range.low * unit);
  const invert = photometric === photometrics.whiteIsZero && colours === 1;
  const toByte = (value: number) => {
    const byte = Math.min(255, Math.max(0, (value * unit - range.low * unit) * scale));
    return Math.round(invert ? 255 - byte : byte);
  };
  const bands = [...new Set(sources), ...(alpha === undefined ? [] : [alpha])];
  const coloursOf = bands.map(band => [...sources.keys()].filter(colour => sources[colour] === band));
  samples.read(bands, (band, x, y, values, count) => {
    const from = y * width + x;
    if (band === alpha) {
      for (let i = 0; i < count; i++)
        alphas![from + i] = Math.round(Math.min(1, Math.max(0, values[i] / alphaRange)) * 255);
      return;
    }
    for (const colour of coloursOf[bands.indexOf(band)]) {
      for (let i = 0; i < count; i++) {
        bytes[(from + i) * colours + colour] = toByte(values[i]);
        if (filled && values[i] !== noData && !Number.isNaN(values[i])) filled[from + i]++;
      }
    }
  });
  const rgb = toRgb(bytes, layout, colours, colourMap);
  if (alphas) layOverWhite(rgb, alphas, premultiplied);
  let empty = 0;
  filled?.forEach((count, pixel) => {
    // A colour lacks a value where any band is no number, and has the value of "no data" only in all of them.
    if (count === colours || (count > 0 && noData !== undefined)) return;
    rgb.fill(255, 3 * pixel, 3 * pixel + 3);
    empty++;
  });
  return { rgb, empty };
}

function toRgb(
  bytes: Uint8Array,
  { photometric }: TiffLayout,
  colours: TiffBands['colours'],
  colourMap: Uint8Array | undefined,
): Uint8Array {
  if (colours === 1) {
    const rgb = new Uint8Array(bytes.length * 3);
    for (let p = 0; p < bytes.length; p++)
      for (let c = 0; c < 3; c++) rgb[3 * p + c] = colourMap ? (colourMap[3 * bytes[p] + c] ?? 0) : bytes[p];
    return rgb;
  }
  if (colours === 4) {
    const pixels = bytes.length / 4;
    for (let p = 0; p < pixels; p++) {
      const light = 255 - bytes[4 * p + 3];
      for (let c = 0; c < 3; c++) bytes[3 * p + c] = Math.round(((255 - bytes[4 * p + c]) * light) / 255);
    }
    return bytes.slice(0, 3 * pixels);
  }
  if (photometric === photometrics.lab || photometric === photometrics.iccLab)
    labToRgb(bytes, photometric === photometrics.lab);
  return bytes;
}

function layOverWhite(rgb: Uint8Array, alphas: Uint8Array, premultiplied: boolean): void {
  for (let i = 0; i < rgb.length; i++) {
    const alpha = alphas[Math.floor(i / 3)];
    const colour = premultiplied ? rgb[i] : (rgb[i] * alpha) / 255;
    rgb[i] = Math.min(255, Math.round(colour + 255 - alpha));
  }
}
