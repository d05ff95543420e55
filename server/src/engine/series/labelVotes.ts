import type { Size } from '../image/picture';
import { slic } from '../superpixels/slic';
import { measureAreas, sampled, type Areas, type Looks } from './areaLooks';
import { compareArea, type Tolerance } from './likeness';
import type { SourceLabels } from './sourceLabels';

/** How areas are compared. */
interface Matching extends Tolerance {
  /** Squared deviations at which two looks fit by a share of 1/e: more than for votes, which choose among what fits. */
  readonly fitScale: number;
}

/** How areas are compared by colour and texture; tuned on street scenes, as all below is: see docs/series.md. */
const byColour: Matching = { cues: [0.2, 0.3], place: 0.08, fitScale: 8 };
/** How they are where the two levels of an encoder's features are known, which tell more. */
const byFeatures: Matching = { cues: [0.3, 0.5, 0.25, 0.4], place: 0.15, fitScale: 30 };

/** How much small labels count: votes of a group of labels are divided by its share of the picture to this power. */
const fairness = 0.3;

/** At least how many pixels an area has in the mean at the size at which pictures are compared. */
export const pixelsOfArea = 25;
/** The number of superpixels of the picture before: what votes for labels are their parts, one for each label. */
const superpixels = 1200;
/** Colours have variance 1 here, and a deviation of about 15 in L*a*b*, which the compactness is for. */
const [colourScale, compactness] = [15, 10];

/** Parts of the picture before that have one label each, and that label. */
interface Pieces {
  readonly areas: Areas;
  readonly sourceOf: readonly number[];
}

/** Divides the picture before into superpixels, and these along its labels. @param size of its mask */
export function labelledPieces(looks: Looks, { sourceAt }: SourceLabels, size: Size): Pieces {
  const sources = sampled(sourceAt, size, looks);
  const scaled = { ...looks.colour, data: looks.colour.data.map(value => value * colourScale) };
  const count = Math.min(superpixels, Math.ceil(sources.length / pixelsOfArea));
  const { ids } = slic(scaled, { count, compactness, iterations: 5 });
  const pieceOf = new Map<number, number>();
  const sourceOf: number[] = [];
  const pieceAt = Int32Array.from(ids, (superpixel, p) => {
    const key = superpixel * 65536 + sources[p];
    const known = pieceOf.get(key) ?? sourceOf.push(sources[p]) - 1;
    pieceOf.set(key, known);
    return known;
  });
  return { areas: measureAreas(looks, pieceAt, sourceOf.length), sourceOf };
}

interface Votes {
  /** By region and label, background and nothing: how much there is that is like the region. */
  readonly sources: Float32Array;
  /** By region: the greatest likeness in looks to anything that is not far from it. */
  readonly likeness: Float64Array;
}

/** Has the pieces of the picture before vote for the labels of the next one's regions, by how alike both are. */
export function voteForSources(areas: Areas, pieces: Pieces, source: SourceLabels): Votes {
  const { groupOf, groups, nothing } = source;
  const matching = areas.cues.length === byFeatures.cues.length ? byFeatures : byColour;
  const total = new Float64Array(groups);
  pieces.sourceOf.forEach((one, piece) => {
    total[groupOf[one]] += pieces.areas.pixels[piece];
  });
  const all = total.reduce((sum, pixels) => sum + pixels, 0);
  const weights = pieces.sourceOf.map(
    (one, piece) => pieces.areas.pixels[piece] * (total[groupOf[one]] / all) ** -fairness,
  );
  const sources = new Float32Array(areas.count * (nothing + 1));
  const likeness = new Float64Array(areas.count);
  for (let region = 0; region < areas.count; region++) {
    if (areas.pixels[region] === 0) continue; // too small to be seen at the reduced size: its neighbours decide
    const first = region * (nothing + 1);
    compareArea(areas, region, pieces.areas, matching, (piece, alike, apart) => {
      sources[first + pieces.sourceOf[piece]] += weights[piece] * alike;
      likeness[region] = Math.max(likeness[region], Math.exp(-apart / matching.fitScale));
    });
  }
  return { sources, likeness };
}

/** By region and group: the group's share of the votes; equal shares where nothing votes. */
export function groupShares({ sources }: Votes, { groupOf, groups, nothing }: SourceLabels): Float64Array {
  const width = nothing + 1;
  const count = sources.length / width;
  const shares = new Float64Array(count * groups);
  for (let i = 0; i < sources.length; i++) shares[Math.floor(i / width) * groups + groupOf[i % width]] += sources[i];
  for (let first = 0; first < shares.length; first += groups) {
    const own = shares.subarray(first, first + groups);
    const sum = own.reduce((total, share) => total + share, 0);
    own.forEach((share, group) => {
      own[group] = sum > 0 ? share / sum : 1 / groups;
    });
  }
  return shares;
}
