import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { Picture } from '../image/picture';
import type { Planes } from '../pixels/planes';
import { carryLabels, type Carry } from './carryLabels';
import type { SeenClasses } from './seenClasses';
import type { LabelledPicture } from './sourceLabels';

/** What networks tell of the pictures of a series; undefined where there is no such network that can be used. */
export interface SeriesSight {
  /** What the pretrained encoder sees in a picture, by level. */
  readonly features: (picture: Picture) => Promise<readonly Planes[] | undefined>;
  /** What the network that learned from the masks of an image's folder sees in the image. */
  readonly classes: (file: string, picture: Picture) => Promise<RoundSeen | undefined>;
}

/** What the network of a round of learning sees in a picture. */
export interface RoundSeen extends SeenClasses {
  /** The number of the round. */
  readonly round: number;
}

/** Labels that were carried, and the round of learning whose network took part, if any. */
export interface SeenCarry extends Carry {
  readonly round?: number;
}

/** Carries labels to the next picture with all that networks tell: see `carryLabels`. @throws as that */
export async function carryBySight(
  before: LabelledPicture,
  { file, picture, regions }: { readonly file: string; readonly picture: Picture; readonly regions: RegionMap },
  sight: SeriesSight,
): Promise<SeenCarry> {
  const seen = await sight.classes(file, picture);
  const earlier = await sight.features(before.picture);
  const features = earlier && (await sight.features(picture));
  const carry = carryLabels({ ...before, features: earlier }, { picture, regions, features, seen });
  return { ...carry, ...(seen && { round: seen.round }) };
}
