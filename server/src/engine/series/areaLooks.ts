import { seededRandom } from '../common/random';
import type { Picture, Size } from '../image/picture';
import { textureResponses } from '../cues/texture';
import { blur } from '../pixels/filters';
import { toLab } from '../pixels/lab';
import { emptyPlanes, plane, standardise, type Planes } from '../pixels/planes';
import { reducePicture, resized } from '../pixels/resize';

/** The radius in reduced pixels over which texture is gathered. */
const textureRadius = 3;

/** A reduced picture, and what its areas are compared by. */
export interface Looks extends Size {
  /** Its colours, each channel with mean 0 and variance 1. */
  readonly colour: Planes;
  /** Its colours, how busy it is in four directions at two scales, and its features by level; each of any size. */
  readonly cues: readonly Planes[];
}

/**
 * The looks of a picture.
 * @param pixels to which a larger picture is reduced, about
 * @param features what an encoder sees in the picture, by level; none: colours and textures alone are compared
 */
export function looksOf(picture: Picture, pixels: number, features: readonly Planes[] = []): Looks {
  const scale = Math.min(Math.sqrt(pixels / (picture.width * picture.height)), 1);
  const side = (length: number) => Math.max(Math.round(length * scale), 1);
  const [width, height] = [side(picture.width), side(picture.height)];
  const lab = toLab(reducePicture(picture, width, height));
  const { energies } = textureResponses({ ...lab, channels: 1, data: plane(lab, 0) });
  const logarithms = { ...energies, data: energies.data.map(value => Math.log(1 + value)) };
  return {
    width,
    height,
    colour: standardise(lab),
    cues: [lab, blur(logarithms, textureRadius), ...features.map(mixedChannels)],
  };
}

/** More channels than this are mixed into as many. */
const mostChannels = 96;

/**
 * Mixes many channels into a few by random signs, which keeps distances about as they are (Achlioptas, Journal of
 * Computer and System Sciences 2003), and saves most of the time.
 */
function mixedChannels(planes: Planes): Planes {
  if (planes.channels <= mostChannels) return planes;
  const alike = standardise(planes);
  const mixed = emptyPlanes(planes.width, planes.height, mostChannels);
  const next = seededRandom(1);
  for (let to = 0; to < mixed.channels; to++)
    for (let from = 0; from < alike.channels; from++) {
      const sign = next() < 0.5 ? -1 : 1;
      const [source, target] = [plane(alike, from), plane(mixed, to)];
      for (let p = 0; p < target.length; p++) target[p] += sign * source[p];
    }
  return mixed;
}

/** The means of a cue over areas: `channels` values an area. */
export interface CueMeans {
  readonly channels: number;
  readonly values: Float64Array;
}

/** Areas of a picture: their pixels at reduced size, their middles, and their looks. */
export interface Areas {
  readonly count: number;
  readonly pixels: Float64Array;
  /** By area: x and y of its middle, as shares of the picture's width and height. */
  readonly places: Float64Array;
  /** Each channel has mean 0 and variance 1 over the picture, so that a change of light matters little. */
  readonly cues: readonly CueMeans[];
}

/** Measures areas of a picture. @param areaAt by reduced pixel: the number of its area */
export function measureAreas({ width, height, cues }: Looks, areaAt: ArrayLike<number>, count: number): Areas {
  const pixels = new Float64Array(count);
  const places = new Float64Array(2 * count);
  for (let y = 0, p = 0; y < height; y++)
    for (let x = 0; x < width; x++, p++) {
      const area = areaAt[p];
      pixels[area]++;
      places[2 * area] += (x + 0.5) / width;
      places[2 * area + 1] += (y + 0.5) / height;
    }
  for (let i = 0; i < places.length; i++) places[i] /= Math.max(pixels[i >> 1], 1);
  return { count, pixels, places, cues: cues.map(cue => meansOf(cue, { width, height }, areaAt, pixels)) };
}

/** Brings one channel after the other to the size of the areas: all of an encoder's would take too much memory. */
function meansOf(cue: Planes, size: Size, areaAt: ArrayLike<number>, pixels: Float64Array): CueMeans {
  const { channels } = cue;
  const means = new Float64Array(pixels.length * channels);
  for (let channel = 0; channel < channels; channel++) {
    const own = { ...cue, channels: 1, data: plane(cue, channel) };
    const { data } = standardise(resized(own, size));
    for (let p = 0; p < data.length; p++) means[areaAt[p] * channels + channel] += data[p];
  }
  for (let i = 0; i < means.length; i++) means[i] /= Math.max(pixels[Math.floor(i / channels)], 1);
  return { channels, values: means };
}

/** The values of a map at a reduced size: each reduced pixel has the value of the pixel in its middle. */
export function sampled(values: ArrayLike<number>, from: Size, to: Size): Uint16Array {
  const result = new Uint16Array(to.width * to.height);
  const columns = Int32Array.from({ length: to.width }, (_, x) => Math.floor(((x + 0.5) * from.width) / to.width));
  for (let y = 0, p = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width;
    for (let x = 0; x < to.width; x++, p++) result[p] = values[row + columns[x]];
  }
  return result;
}
