import type { Picture, Size } from '../image/picture';
import { textureResponses } from '../cues/texture';
import { blur } from '../pixels/filters';
import { toLab } from '../pixels/lab';
import { plane, standardise, type Planes } from '../pixels/planes';
import { reducePicture } from '../pixels/resize';

/** The radius in reduced pixels over which texture is gathered. */
const textureRadius = 3;

/** A reduced picture: its colours, and how busy it is in four directions at two scales, each with variance 1. */
export interface Looks extends Size {
  readonly colour: Planes;
  readonly texture: Planes;
}

/**
 * The colours and textures of a picture. Each channel has mean 0 and variance 1 over the picture, so that a change of
 * light from one picture to the next matters little.
 * @param pixels to which a larger picture is reduced, about
 */
export function looksOf(picture: Picture, pixels: number): Looks {
  const scale = Math.min(Math.sqrt(pixels / (picture.width * picture.height)), 1);
  const side = (length: number) => Math.max(Math.round(length * scale), 1);
  const [width, height] = [side(picture.width), side(picture.height)];
  const lab = toLab(reducePicture(picture, width, height));
  const { energies } = textureResponses({ ...lab, channels: 1, data: plane(lab, 0) });
  const logarithms = { ...energies, data: energies.data.map(value => Math.log(1 + value)) };
  return { width, height, colour: standardise(lab), texture: standardise(blur(logarithms, textureRadius)) };
}

/** Areas of a picture: their pixels at reduced size, their middles, and their mean colours and textures. */
export interface Areas {
  readonly count: number;
  readonly pixels: Float64Array;
  /** By area: x and y of its middle, as shares of the picture's width and height. */
  readonly places: Float64Array;
  /** By area: its mean colour. */
  readonly colours: Float64Array;
  /** By area: its mean texture. */
  readonly textures: Float64Array;
}

/** Measures areas of a picture. @param areaAt by reduced pixel: the number of its area */
export function measureAreas(
  { width, height, colour, texture }: Looks,
  areaAt: ArrayLike<number>,
  count: number,
): Areas {
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
  return {
    count,
    pixels,
    places,
    colours: meansOf(colour, areaAt, pixels),
    textures: meansOf(texture, areaAt, pixels),
  };
}

function meansOf(planes: Planes, areaAt: ArrayLike<number>, pixels: Float64Array): Float64Array {
  const { channels } = planes;
  const means = new Float64Array(pixels.length * channels);
  for (let channel = 0; channel < channels; channel++) {
    const values = plane(planes, channel);
    for (let p = 0; p < values.length; p++) means[areaAt[p] * channels + channel] += values[p];
  }
  for (let i = 0; i < means.length; i++) means[i] /= Math.max(pixels[Math.floor(i / channels)], 1);
  return means;
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
