import { ImageError } from './imageError';
import { tags, type TiffDirectory } from './tiffDirectory';

/** How a page of a TIFF file holds its samples. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly littleEndian: boolean;
  readonly orientation: number;
  /** Samples of a pixel, whatever they mean. */
  readonly bands: number;
  readonly bits: number;
  readonly format: 'uint' | 'int' | 'float' | 'complex';
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** Whether each band has strips or tiles of its own. */
  readonly planar: boolean;
  /** Whether the bits of a byte are in reverse. */
  readonly reversedBits: boolean;
  /** What the bands beyond those of colour are: 1 premultiplied alpha, 2 alpha, else data; undefined where unsaid. */
  readonly extraSamples: readonly number[] | undefined;
  readonly hasProfile: boolean;
  /** The value of pixels without data, where the file names one. */
  readonly noData: number | undefined;
  readonly pages: number;
  /** The number of directories before the page's own. */
  readonly index: number;
  /** Size in pixels of a strip or tile. */
  readonly segment: { readonly width: number; readonly height: number; readonly tiled: boolean };
}

/** What `photometric` may say about colour. */
export const photometrics = { whiteIsZero: 0, grey: 1, rgb: 2, palette: 3, cmyk: 5, yCbCr: 6, lab: 8, iccLab: 9 };

/**
 * Reads how the samples are laid out.
 * @throws ImageError for a page without a size, or with samples of several depths
 */
export async function readTiffLayout(file: string, directory: TiffDirectory): Promise<TiffLayout> {
  const number = (tag: number, missing: number) => directory.number(tag, missing);
  const width = await number(tags.width, 0);
  const height = await number(tags.height, 0);
  if (width < 1 || height < 1)
    throw new ImageError(file, `it is damaged or cut off: it claims ${width} × ${height} pixels`);
  const bands = Math.max(1, await number(tags.samplesPerPixel, 1));
  const bits = await directory.numbers(tags.bitsPerSample, bands);
  if (bits.some(other => other !== bits[0]))
    throw new ImageError(file, `its bands have different depths (${bits.join(', ')} bits), which is not supported`);
  const tiled = directory.has(tags.tileWidth);
  const [segmentWidth, segmentHeight] = tiled
    ? [await number(tags.tileWidth, 0), await number(tags.tileLength, 0)]
    : [width, Math.min(height, await number(tags.rowsPerStrip, height))];
  if (segmentWidth < 1 || segmentHeight < 1)
    throw new ImageError(file, 'it is damaged or cut off: its tiles or strips have no size');
  const orientation = await number(tags.orientation, 1);
  return {
    width,
    height,
    littleEndian: directory.littleEndian,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    bands,
    bits: bits[0] ?? 1,
    format: formats[await number(tags.sampleFormat, 1)] ?? 'uint',
    compression: await number(tags.compression, 1),
    predictor: await number(tags.predictor, 1),
    photometric: await number(tags.photometric, bands >= 3 ? photometrics.rgb : photometrics.grey),
    planar: bands > 1 && (await number(tags.planarConfiguration, 1)) === 2,
    reversedBits: (await number(tags.fillOrder, 1)) === 2,
    extraSamples: directory.has(tags.extraSamples) ? await directory.numbers(tags.extraSamples, bands) : undefined,
    hasProfile: directory.has(tags.iccProfile),
    noData: await readNoData(directory),
    pages: directory.pages,
    index: directory.index,
    segment: { width: segmentWidth, height: segmentHeight, tiled },
  };
}

const formats: Partial<Record<number, TiffLayout['format']>> = { 2: 'int', 3: 'float', 5: 'complex', 6: 'complex' };

async function readNoData(directory: TiffDirectory): Promise<number | undefined> {
  const text = String.fromCharCode(...(await directory.numbers(tags.noData, 64)))
    .replace(/\0.*$/s, '')
    .trim();
  const value = Number(text);
  return text === '' || Number.isNaN(value) ? undefined : value;
}

/** Which bands of a pixel are shown, and how. */
export interface TiffBands {
  /** 1 for grey or palette, 3 for colour, 4 for CMYK. */
  readonly colours: 1 | 3 | 4;
  /** The band of each colour, from 0. */
  readonly sources: readonly number[];
  /** The band of transparency. */
  readonly alpha: number | undefined;
  /** Whether the colours are multiplied by the alpha already. */
  readonly premultiplied: boolean;
  /** The number of bands that are neither. */
  readonly unused: number;
}

/**
 * Tells what the bands are (TIFF 6.0, ExtraSamples). Grey pictures of three bands and more, as multispectral data are
 * often tagged, have red, green and blue first.
 */
export function tiffBands({ photometric, bands, extraSamples }: TiffLayout): TiffBands {
  const said = { [photometrics.cmyk]: 4, [photometrics.palette]: 1, [photometrics.whiteIsZero]: 1 }[photometric];
  const isGrey = photometric === photometrics.grey || photometric === photometrics.whiteIsZero;
  const named = said ?? (isGrey ? 1 : 3);
  const base = Math.min(bands, named) === named ? named : 1;
  // Programs of old leave the tag away for pictures with transparency.
  const extra = extraSamples ?? (bands === base + 1 ? [2] : []);
  const first = extra.findIndex(kind => kind === 1 || kind === 2);
  const alpha = first < 0 ? undefined : bands - extra.length + first;
  const data = bands - (alpha === undefined ? 0 : 1);
  const colours = isGrey && data >= 3 && (alpha ?? bands) >= 3 ? 3 : base;
  return {
    colours: colours as TiffBands['colours'],
    sources: [...Array(colours).keys()],
    alpha: alpha !== undefined && alpha >= colours && alpha < bands ? alpha : undefined,
    premultiplied: extra[first] === 1,
    unused: data - colours,
  };
}

/**
 * The bands that a user has chosen, from 1, as red, green and blue or as grey. A band of transparency still counts,
 * unless it is chosen itself.
 * @throws ImageError for a band that there is not, and where colours are no bands
 */
export function chosenBands(file: string, layout: TiffLayout, chosen: readonly number[]): TiffBands {
  const usual = tiffBands(layout);
  if (chosen.length === 0) return usual;
  const refuse = (why: string): never => {
    throw new ImageError(
      file,
      `${why}; the setting labelless.image.bands says which are used`,
      'labelless.image.bands',
    );
  };
  const { bands, photometric } = layout;
  const missing = chosen.find(band => band > bands);
  if (missing !== undefined) refuse(`it has ${bands === 1 ? 'one band' : `${bands} bands`}, and no band ${missing}`);
  const model = colourModels[photometric];
  if (model !== undefined) refuse(`its colours are ${model}, of which no bands can be chosen`);
  const sources = chosen.map(band => band - 1);
  const alpha = usual.alpha !== undefined && sources.includes(usual.alpha) ? undefined : usual.alpha;
  return {
    ...usual,
    colours: sources.length === 1 ? 1 : 3,
    sources,
    alpha,
    unused: bands - new Set(sources).size - (alpha === undefined ? 0 : 1),
  };
}

/** The colour models whose bands mean nothing each by itself. */
const colourModels: Partial<Record<number, string>> = {
  [photometrics.palette]: 'those of a palette',
  [photometrics.yCbCr]: 'stored as YCbCr',
  [photometrics.lab]: 'stored as Lab',
  [photometrics.iccLab]: 'stored as Lab',
};
