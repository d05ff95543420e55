import type { RegionMap } from '../../../../mask/regions/regionMap';
import { adjacency, type Adjacency } from '../pixels/adjacency';
import { addNormalised, blur, gradientMagnitude } from '../pixels/filters';
import { discGradient } from './discGradient';
import { plane, stackChannels, standardise, type Planes } from '../pixels/planes';
import { seededRandom } from '../common/random';
import { joinSums, type RegionSums } from '../superpixels/regionSums';
import { enlargePlane, reducePlanes } from '../pixels/resize';
import { textureResponses } from './texture';
import { codewordCounts, quantise } from './codewords';

/** By what regions are compared before any training, and how strong the boundaries between them are. */
export interface Cues {
  readonly regions: RegionMap;
  /**
   * Histograms of colours and textures by several codebooks: what hierarchies by all of them agree on is no accident of
   * one codebook.
   */
  readonly histograms: readonly RegionSums[];
  readonly adjacency: Adjacency;
}

/**
 * Pixels at which colours and textures are counted; larger pictures are reduced, so that the time is the same for all.
 */
const cuePixels = 38_600;
const colours = 32,
  textures = 24,
  codebooks = 3;
/** The weights of the histograms when regions are compared. */
const weights = { colour: 1, busyColour: 0.3, texture: 0.6 };
/**
 * The weight of the texture gradient in the boundary strength, where the colour gradient has 1 and both have mean 1.
 */
const textureStrength = 0.6;
/** Radii in reduced pixels. */
const radii = { texture: 6, energy: 2 };
/** How much texture, with variance 1, counts beside Lab in the palette of busy colours; Lab's deviation is about 20. */
const energyShare = 2;

function scaled(planes: Planes, factor: number): Planes {
  return { ...planes, data: planes.data.map(value => value * factor) };
}

/** The colour and texture cues of a picture, in time linear in its pixels. Codebooks start from a fixed seed. */
export function pictureCues(regions: RegionMap, lab: Planes): Cues {
  const scale = Math.min(Math.sqrt(cuePixels / (lab.width * lab.height)), 1);
  const side = (length: number) => Math.max(Math.round(length * scale), 1);
  const small = reducePlanes(lab, side(lab.width), side(lab.height));
  const { energies, contrast } = textureResponses({ ...small, channels: 1, data: plane(small, 0) });
  const busy = scaled(standardise(blur(energies, radii.energy)), energyShare);
  const colour = standardise(small),
    colourAndTexture = stackChannels([small, busy]),
    texture = standardise(stackChannels([energies, contrast]));
  const next = seededRandom(1);
  const textons = Array.from({ length: codebooks }, () => quantise(texture, textures, next));
  const histograms = textons.map(texton =>
    joinSums([
      { sums: codewordCounts(regions, quantise(colour, colours, next)), weight: weights.colour },
      { sums: codewordCounts(regions, quantise(colourAndTexture, colours, next)), weight: weights.busyColour },
      { sums: codewordCounts(regions, texton), weight: weights.texture },
    ]),
  );
  const boundary = new Float32Array(lab.width * lab.height);
  addNormalised(boundary, gradientMagnitude(lab), 1);
  addNormalised(boundary, enlargePlane(discGradient(textons[0], radii.texture), small, lab), textureStrength);
  return { regions, histograms, adjacency: adjacency(regions, boundary) };
}
