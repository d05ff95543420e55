import type { CarriedLabels } from '../../../../mask/document/carriedLabels';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { looksOf, measureAreas, sampled } from './areaLooks';
import { groupShares, labelledPieces, pixelsOfArea, voteForSources } from './labelVotes';
import { joinNetwork, type SeenClasses } from './seenClasses';
import { smoothShares } from './smoothShares';
import { sourceLabels, type LabelledPicture, type SourceLabels } from './sourceLabels';
import { wholeObjects } from './wholeObjects';

/** The next picture, and regions of it. */
interface NextPicture extends Pick<LabelledPicture, 'picture' | 'features'> {
  readonly regions: RegionMap;
  /** What a network that learned the folder's classes sees in it. */
  readonly seen?: SeenClasses | undefined;
}

/** Labels of one picture carried to the next, and how sure that is. */
export interface Carry extends CarriedLabels {
  /** By region: the share of what is like it that has its label, times how alike that is; in [0, 1]. */
  readonly confidences: Float64Array;
  /** The mean of the confidences over the pixels. */
  readonly confidence: number;
}

/** How much a region follows its neighbours, where no strong boundary lies between them. */
const smoothness = 2;
/** The likeness in looks below which a region is like nothing in the picture before, and gets no label. */
const leastLikeness = 0.01;

/** Pixels at which pictures are compared, unless the next one has too many regions for it; larger are reduced. */
const comparedPixels = 38_600;

/**
 * Carries the labels of a picture to the regions of the next one of a series. Each region takes the label of what it is
 * most like by colour, texture, features and place in the picture before, and what a network sees in it joins these
 * votes; edges are those of its own regions. Labels of a class vote together, and then its objects stay apart. Regions
 * that are like nothing before, or like labels without a class and a name, get none.
 * @throws Error that names the picture before when it has no labels to carry
 */
export function carryLabels(before: LabelledPicture, { picture, regions, features, seen }: NextPicture): Carry {
  const source = sourceLabels(before);
  const pixels = Math.max(comparedPixels, pixelsOfArea * regions.count);
  const bothHaveFeatures = before.features !== undefined && features !== undefined;
  const looksBefore = looksOf(before.picture, pixels, bothHaveFeatures ? before.features : []);
  const looks = looksOf(picture, pixels, bothHaveFeatures ? features : []);
  const small = { ...regions, width: looks.width, height: looks.height, ids: sampled(regions.ids, regions, looks) };
  const areas = measureAreas(looks, small.ids, regions.count);
  const votes = voteForSources(areas, labelledPieces(looksBefore, source, before.document), source);
  const voted = groupShares(votes, source);
  const joined = seen ? joinNetwork(voted, seen.over(small), seen, source) : voted;
  const shares = smoothShares(joined, small, looks.colour, smoothness);
  const groups = new Int32Array(regions.count).fill(-1);
  const confidences = new Float64Array(regions.count);
  for (let region = 0; region < regions.count; region++) {
    const own = shares.subarray(region * source.groups, (region + 1) * source.groups);
    const best = own.reduce((most, share, group) => (share > own[most] ? group : most), 0);
    confidences[region] = own[best] * votes.likeness[region];
    if (votes.likeness[region] >= leastLikeness) groups[region] = best;
  }
  return {
    ...collect(wholeObjects(groups, votes.sources, source, small), source),
    confidences,
    confidence: meanOver(small, confidences),
  };
}

/** The regions of each label and of the background. */
function collect(sourceOf: Int32Array, { labels, background }: SourceLabels): CarriedLabels {
  const regionsOf = Array.from({ length: background + 1 }, (): number[] => []);
  sourceOf.forEach((source, region) => {
    if (source >= 0) regionsOf[source]?.push(region);
  });
  return {
    labels: labels
      .map((label, index) => ({ ...label, regions: regionsOf[index] }))
      .filter(({ regions }) => regions.length > 0),
    background: regionsOf[background],
  };
}

function meanOver({ ids }: RegionMap, values: Float64Array): number {
  return ids.reduce((sum, region) => sum + values[region], 0) / ids.length;
}
