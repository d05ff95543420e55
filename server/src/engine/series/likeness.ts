import type { Areas } from './areaLooks';

/** How far apart two areas may be to count as alike: deviations of Gaussian weights. */
export interface Tolerance {
  /** Root mean square difference of colours, in standard deviations of the picture. */
  readonly colour: number;
  /** Root mean square difference of textures, in standard deviations of the picture. */
  readonly texture: number;
  /** Distance of their middles, as a share of the picture's sides. */
  readonly place: number;
}

/** Squares of distances, in deviations, from which on two areas have nothing in common. */
const farAway = 40;

/**
 * Compares an area with all areas of another picture, or of its own.
 * @param onLike is called for each that is like it, with how alike both are, in (0, 1], and with the square of how far
 * their looks are apart, in deviations
 */
export function compareArea(
  areas: Areas,
  area: number,
  others: Areas,
  { colour, texture, place }: Tolerance,
  onLike: (other: number, likeness: number, apart: number) => void,
): void {
  const colourScale = (3 * colour * colour) ** -1;
  const channels = others.textures.length / others.count;
  const textureScale = (channels * texture * texture) ** -1;
  const placeScale = place ** -2;
  const x = areas.places[2 * area];
  const y = areas.places[2 * area + 1];
  for (let other = 0; other < others.count; other++) {
    const away = ((others.places[2 * other] - x) ** 2 + (others.places[2 * other + 1] - y) ** 2) * placeScale;
    if (away > farAway) continue;
    const looks =
      squaredDistance(areas.colours, 3 * area, others.colours, 3 * other, 3) * colourScale +
      squaredDistance(areas.textures, channels * area, others.textures, channels * other, channels) * textureScale;
    if (away + looks <= farAway) onLike(other, Math.exp(-(away + looks) / 2), looks);
  }
}

function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, length: number): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum += (a[i + c] - b[j + c]) ** 2;
  return sum;
}
