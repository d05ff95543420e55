import type { RegionMap } from '../../../../../mask/regions/regionMap';
import type { TensorValue } from '../../graph/core/operation';
import type { Picture, Size } from '../../image/picture';
import { pictureCues } from '../../cues/pictureCues';
import { classRegionsOf, commonestClasses, type ClassRegions } from '../../merging/classRegions';
import { cueHierarchy, voteByCues } from '../../merging/learnedHierarchy';
import { connectedRegions } from '../../pixels/connectedRegions';
import { toLab } from '../../pixels/lab';
import { toFullSize, workingPicture } from '../../superpixels/fullSize';
import { slic } from '../../superpixels/slic';
import { regionMeans } from './regionMeans';
import { upsampleClasses } from './sampling';

/** The superpixels that Method 1 begins with. */
const superpixels = { count: 1200, compactness: 10, iterations: 5 };

/** The shares of a picture's pixels below which a piece of a class, and a part of a superpixel, joins its neighbour. */
const smallest = { piece: 1 / 10_000, part: 1 / 50_000 };
const fewestPixels = 4;

/** The regions of a picture by the classes that a network predicts. */
export interface PredictedRegions extends ClassRegions {
  /** How unsure the network is, in [0, 1): 1 less the mean over the pixels of the probability of their class. */
  readonly uncertainty: number;
}

/**
 * Finds regions of one class each along the edges of the picture: superpixels, divided where classes are. Their
 * hierarchy is Method 1's within each class, so that a part that has the wrong class can be taken as a whole.
 * @param probabilities [1,classes,h,w], of the picture's proportions
 * @param refine whether the probability of a class at a pixel is the root of its own and of the geometric mean over
 * its superpixel: a thin thing that the network is sure of stays, and a border that it is not sure of moves to the
 * superpixel's
 * @throws AbortError once `cancel` is aborted
 */
export async function predictedRegions(
  probabilities: TensorValue,
  picture: Picture,
  refine: boolean,
  cancel: AbortSignal = new AbortController().signal,
): Promise<PredictedRegions> {
  const work = workingPicture(picture);
  const lab = toLab(work);
  const parts = slic(lab, superpixels);
  const means = refine ? { ids: parts.ids, means: regionMeans(probabilities, parts) } : undefined;
  const { labels, confidence } = upsampleClasses(probabilities, work.width, work.height, means);
  cancel.throwIfAborted();
  const pieces = connectedRegions(Uint16Array.from(labels), work.width, work.height, pixels(work, smallest.piece));
  const found = classRegionsOf(
    parts,
    classesByRegion(pieces, commonestClasses(pieces, labels)),
    regions => cueHierarchy(voteByCues(pictureCues(regions, lab))),
    pixels(work, smallest.part),
  );
  cancel.throwIfAborted();
  const uncertainty = 1 - confidence.reduce((sum, value) => sum + value, 0) / confidence.length;
  return { ...found, regions: await toFullSize(found.regions, work, picture, cancel), uncertainty };
}

/** The class of each pixel, from those of its region. */
export function classesByRegion({ ids }: RegionMap, regionClasses: Uint8Array): Uint8Array {
  return Uint8Array.from(ids, id => regionClasses[id]!);
}

function pixels({ width, height }: Size, share: number): number {
  return Math.max(fewestPixels, Math.round(width * height * share));
}
