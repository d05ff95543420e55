import type { Hierarchy } from '../../../../mask/hierarchy';
import type { Cues } from './cues';
import type { MergeRule } from './forest';
import { toHierarchy, type LevelScale } from './levels';
import { mergeRegions } from './merge';
import { emptyPlanes, type Planes } from './planes';
import type { Pooling } from './pooling';
import { distanceOfHistograms, joinSums, planeSums } from './regionSums';

const rule: MergeRule = { distance: distanceOfHistograms, areaExponent: 0.2, contactExponent: 0.3 };
/** Of the network's labels beside the histograms of colours and textures when regions are compared. */
const labelWeight = 0.4;

/** Both tuned on photos, so that a granularity gives as many regions before training as after. */
const cueScale: LevelScale = { middle: 1.65, slope: 2.4 };
const learnedScale: LevelScale = { middle: 1.85, slope: 2.4 };

/** The hierarchy over the regions by colour and texture, before any training. */
export function cueHierarchy({ histograms, adjacency }: Cues): Hierarchy {
  return toHierarchy(mergeRegions(histograms, adjacency, rule), cueScale);
}

/** How likely each label is at each pixel: the softmax of the responses over the channels. */
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

/**
 * The hierarchy by colour, texture and what a network answers: its labels are one more histogram, each pixel counting for every
 * label by its probability. `pooling` is from the response's size to the regions'.
 */
export function learnedHierarchy({ regions, histograms, adjacency }: Cues, response: Planes, pooling: Pooling): Hierarchy {
  const labels = planeSums(regions, labelShares(response), pooling);
  const sums = joinSums([{ sums: histograms, weight: 1 }, { sums: labels, weight: labelWeight }]);
  return toHierarchy(mergeRegions(sums, adjacency, rule), learnedScale);
}
