import type { Hierarchy } from '../../../../mask/regions/hierarchy';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import { adjacency, type Adjacency } from '../pixels/adjacency';
import { addNormalised, gradientMagnitude } from '../pixels/filters';
import type { Cues } from '../cues/pictureCues';
import { mergeByVotes, heightVotes } from './ensemble';
import type { MergeRule } from './forest';
import { toHierarchy, type LevelScale } from './mergeRegions';
import { emptyPlanes, type Planes } from '../pixels/planes';
import { distanceOfHistograms, joinSums, planeSums, type RegionPooling } from '../superpixels/regionSums';
import { enlargePlane } from '../pixels/resize';

const rule: MergeRule = { distance: distanceOfHistograms, areaExponent: 0.2, contactExponent: 0.3 };
/** The weight of the network's labels when regions are compared, where the other histograms have 1. */
const labelWeight = 0.8;
/** The weight of the gradient of the network's responses, with mean 1, in the boundary strength. */
const responseStrength = 0.5;

/** Both tuned on photos, so that a granularity gives as many regions before training as after. */
const cueScale: LevelScale = { middle: 1.6, slope: 2.4 };
const learnedScale: LevelScale = { middle: 1.75, slope: 2.4 };

/** Cues, and the votes of the hierarchies by colour and texture on each arc, before any training. */
export interface CueVotes {
  readonly cues: Cues;
  readonly votes: readonly Float64Array[];
}

/** Builds one hierarchy for each codebook of the cues and lets it vote on each arc. */
export function voteByCues(cues: Cues): CueVotes {
  return { cues, votes: cues.histograms.map(sums => heightVotes({ sums, adjacency: cues.adjacency }, rule)) };
}

/** The hierarchy over the regions by colour and texture alone. */
export function cueHierarchy({ cues, votes }: CueVotes): Hierarchy {
  return toHierarchy(mergeByVotes(cues.histograms[0], cues.adjacency, votes), cueScale);
}

/** The probability of each label at each pixel: the softmax of the responses over the channels. */
function labelShares({ width, height, channels, data }: Planes): Planes {
  const size = width * height;
  const shares = emptyPlanes(width, height, channels);
  for (let p = 0; p < size; p++) {
    let greatest = -Infinity;
    for (let i = p; i < data.length; i += size) greatest = Math.max(greatest, data[i]);
    let sum = 0;
    for (let i = p; i < data.length; i += size) sum += shares.data[i] = Math.exp(data[i] - greatest);
    for (let i = p; i < data.length; i += size) shares.data[i] /= sum;
  }
  return shares;
}

/** The arcs of `cues` with the gradient of the responses added to their strengths. */
function strengthened(cues: Adjacency, regions: RegionMap, response: Planes): Adjacency {
  const map = new Float32Array(regions.width * regions.height);
  addNormalised(map, enlargePlane(gradientMagnitude(response), response, regions), responseStrength);
  const added = adjacency(regions, map); // the same arcs in the same order
  return { ...cues, strengths: cues.strengths.map((strength, arc) => strength + added.strengths[arc]) };
}

/**
 * The hierarchy by colour, texture and a network's responses. Beside each hierarchy by cues stands one in which the
 * labels are one more histogram, each pixel counting for every label by its probability, and the gradient of the
 * responses adds to the boundaries.
 * @param pooling sums planes of the response's size over the regions
 */
export function learnedHierarchy(
  { cues, votes: before }: CueVotes,
  response: Planes,
  pooling: RegionPooling,
): Hierarchy {
  const labels = planeSums(cues.regions, labelShares(response), pooling);
  const arcs = strengthened(cues.adjacency, cues.regions, response);
  const trained = cues.histograms.map(sums =>
    heightVotes(
      {
        sums: joinSums([
          { sums, weight: 1 },
          { sums: labels, weight: labelWeight },
        ]),
        adjacency: arcs,
      },
      rule,
    ),
  );
  return toHierarchy(mergeByVotes(labels, cues.adjacency, [...before, ...trained]), learnedScale);
}
