import type { CarriedLabels } from '../../../../mask/document/carriedLabels';
import type { RegionMap } from '../../../../mask/regions/regionMap';
import type { Picture } from '../image/picture';
import { slic } from '../superpixels/slic';
import { looksOf, measureAreas, sampled, type Areas } from './areaLooks';
import { compareArea, type Tolerance } from './likeness';
import { smoothShares } from './smoothShares';
import { sourceLabels, type LabelledPicture, type SourceLabels } from './sourceLabels';
import { wholeObjects } from './wholeObjects';

/** The next picture, and regions of it. */
interface NextPicture {
  readonly picture: Picture;
  readonly regions: RegionMap;
}

/** Labels of one picture carried to the next, and how sure that is. */
interface Carry extends CarriedLabels {
  /** By region: the share of what is like it that has its label, times how alike that is; in [0, 1]. */
  readonly confidences: Float64Array;
  /** The mean of the confidences over the pixels. */
  readonly confidence: number;
}

/** How alike areas must be to vote for a label; tuned on street scenes, as all below is: see docs/series.md. */
const tolerance: Tolerance = { colour: 0.2, texture: 0.3, place: 0.08 };
/** How much small labels count: votes of a group of labels are divided by its share of the picture to this power. */
const fairness = 0.3;
/** How much a region follows its neighbours, where no strong boundary lies between them. */
const smoothness = 2;
/** The likeness in looks below which a region is like nothing in the picture before, and gets no label. */
const leastLikeness = 0.01;

/** Pixels at which pictures are compared, and at least how many a region has then in the mean; larger are reduced. */
const [comparedPixels, pixelsOfRegion] = [38_600, 25];
/** The number of superpixels of the picture before: what votes for labels are their parts, one for each label. */
const superpixels = 1200;
/** Colours have variance 1 here, and a deviation of about 15 in L*a*b*, which the compactness is for. */
const [colourScale, compactness] = [15, 10];

/**
 * Carries the labels of a picture to the regions of the next one of a series. Each region takes the label of what it is
 * most like by colour, texture and place in the picture before; edges are those of its own regions. Labels of a class
 * vote together, and then its objects stay apart. Regions that are like nothing before, or like labels without a class
 * and a name, get none.
 * @throws Error that names the picture before when it has no labels to carry
 */
export function carryLabels(before: LabelledPicture, { picture, regions }: NextPicture): Carry {
  const source = sourceLabels(before);
  const pixels = Math.max(comparedPixels, pixelsOfRegion * regions.count);
  const pieces = labelledPieces(before, source, pixels);
  const looks = looksOf(picture, pixels);
  const small = { ...regions, width: looks.width, height: looks.height, ids: sampled(regions.ids, regions, looks) };
  const areas = measureAreas(looks, small.ids, regions.count);
  const votes = voteForSources(areas, pieces, source);
  const shares = smoothShares(groupShares(votes, source), small, looks.colour, smoothness);
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

/** Parts of the picture before that have one label each, and that label. */
interface Pieces {
  readonly areas: Areas;
  readonly sourceOf: readonly number[];
}

function labelledPieces({ picture, document }: LabelledPicture, { sourceAt }: SourceLabels, pixels: number): Pieces {
  const looks = looksOf(picture, pixels);
  const sources = sampled(sourceAt, document, looks);
  const scaled = { ...looks.colour, data: looks.colour.data.map(value => value * colourScale) };
  const count = Math.min(superpixels, Math.ceil(sources.length / pixelsOfRegion));
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

/** Squared deviations at which two looks fit by a share of 1/e: more than for votes, which choose among what fits. */
const fitScale = 8;

interface Votes {
  /** By region and label, background and nothing: how much there is that is like the region. */
  readonly sources: Float32Array;
  /** By region: the greatest likeness in looks to anything that is not far from it. */
  readonly likeness: Float64Array;
}

function voteForSources(areas: Areas, pieces: Pieces, source: SourceLabels): Votes {
  const { groupOf, groups, nothing } = source;
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
    compareArea(areas, region, pieces.areas, tolerance, (piece, alike, apart) => {
      sources[first + pieces.sourceOf[piece]] += weights[piece] * alike;
      likeness[region] = Math.max(likeness[region], Math.exp(-apart / fitScale));
    });
  }
  return { sources, likeness };
}

/** By region and group: the group's share of the votes; equal shares where nothing votes. */
function groupShares({ sources }: Votes, { groupOf, groups, nothing }: SourceLabels): Float64Array {
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
