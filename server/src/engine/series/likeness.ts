import type { Areas, CueMeans } from './areaLooks';

/** How far apart two areas may be to count as alike: deviations of Gaussian weights. */
export interface Tolerance {
  /** By cue: the root mean square of the differences of its channels, in standard deviations of the picture. */
  readonly cues: readonly number[];
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
  { cues, place }: Tolerance,
  onLike: (other: number, likeness: number, apart: number) => void,
): void {
  const placeScale = place ** -2;
  const scales = others.cues.map(({ channels }, cue) => (channels * cues[cue] ** 2) ** -1);
  const x = areas.places[2 * area];
  const y = areas.places[2 * area + 1];
  for (let other = 0; other < others.count; other++) {
    const away = ((others.places[2 * other] - x) ** 2 + (others.places[2 * other + 1] - y) ** 2) * placeScale;
    let apart = 0;
    for (let cue = 0; cue < scales.length && away + apart <= farAway; cue++)
      apart += scales[cue] * squaredDistance(areas.cues[cue], area, others.cues[cue], other);
    if (away + apart <= farAway) onLike(other, Math.exp(-(away + apart) / 2), apart);
  }
}

function squaredDistance({ channels, values }: CueMeans, area: number, others: CueMeans, other: number): number {
  let sum = 0;
  for (let i = area * channels, j = other * channels, end = i + channels; i < end; i++, j++)
    sum += (values[i] - others.values[j]) ** 2;
  return sum;
}
