import { guessLayout, type LayoutGuess } from './guessLayout';
import type { NetworkName } from '../../experiment/experimentSchema';
import { listTarget } from '../layouts';
import { readImageHeader, type ImageLimits } from '../../image/imageHeader';
import { relativePath } from '../../common/relativePath';

/** A proposal of an experiment for two folders, as its file holds it: settings at their default are left out. */
export interface ExperimentProposal {
  readonly experiment: object;
  /** The number of labelled images found; 0 where the layout is only a starting point. */
  readonly labelled: number;
}

const usual = { width: 160, height: 120 };

/** Settings of a proposal that follow from its network. */
interface Recipe {
  readonly adaptation: object;
  readonly training: object;
}

/**
 * The settings that adapt best to photos in other light, of all that were measured for the usual number of steps:
 * docs/method2.md.
 */
const fromScratch: Recipe = {
  adaptation: { strategy: 'self-training', pseudoLabelThreshold: 0.9, targetHistograms: 0.5, warmUp: 900 },
  training: { classBalance: 0.5 },
};

/**
 * With a pretrained encoder some hundred steps are enough, and more of them learn what is peculiar to the source, which
 * the target's light and strong variations of colours work against.
 */
const pretrained: Recipe = {
  adaptation: {
    strategy: 'self-training',
    pseudoLabelThreshold: 0.9,
    teacherDecay: 0.98,
    maskedPhotos: 1,
    classBalance: 0.3,
    targetHistograms: 1,
    warmUp: 200,
    batch: 3,
    rateShare: 0.7,
  },
  training: {
    steps: 350,
    optimizer: 'adamw',
    rateWarmUp: 20,
    classBalance: 0.3,
    augmentation: { brightness: 0.4, colour: 0.4 },
  },
};

/** What a proposal does not take from the folders. */
export interface ProposalOptions {
  /** The network that it proposes, where that is not the one of an experiment that names none. */
  readonly network?: NetworkName;
  readonly limits: ImageLimits;
  readonly signal: AbortSignal;
}

/** The share of the labelled pictures that is held out where there are no photos to adapt to. */
const holdOut = 0.1;

/** The folders of a proposal, as absolute paths. */
export interface ProposalFolders {
  /** Of labelled pictures. */
  readonly labelled: string;
  /** Of photos to adapt to. */
  readonly photos?: string;
  /** Of the experiment file, to which its paths are relative. */
  readonly base: string;
}

/**
 * Proposes an experiment that learns from a folder of labelled pictures, and adapts to those photos of another one that
 * have no labels; where there are none, it learns from the labelled pictures alone.
 */
export async function proposeExperiment(
  { labelled, photos, base }: ProposalFolders,
  { network, limits, signal }: ProposalOptions,
): Promise<ExperimentProposal> {
  const guess = await guessLayout(labelled, limits, signal);
  const size = guess && (await sizeFor(guess.pairs[0]!.image, limits));
  const target = photos !== undefined && (await hasUnlabelled(photos, guess)) ? photos : undefined;
  const source = { layout: guess?.layout ?? 'folders', root: relative(base, labelled), ...guess?.paths };
  const { adaptation, training } = network === 'efficientnet-lite0' ? pretrained : fromScratch;
  const experiment = {
    ...(target === undefined
      ? { source: { ...source, holdOut } }
      : { source, target: { images: relative(base, target) } }),
    classes: guess?.classes ?? 'cityscapes19',
    ...(network && { network: { name: network } }),
    adaptation: target === undefined ? { strategy: 'none' } : adaptation,
    training: { ...(size && { size }), ...training },
  };
  return { experiment, labelled: guess?.pairs.length ?? 0 };
}

/** Whether a folder has pictures that are neither labelled nor labels. One that cannot be listed may have some. */
async function hasUnlabelled(photos: string, guess: LayoutGuess | undefined): Promise<boolean> {
  const known = new Set(guess?.pairs.flatMap(({ image, label }) => [image, label.file]));
  const files = await listTarget({ images: photos }, '').catch(() => undefined);
  return files?.some(file => !known.has(file)) ?? true;
}

/**
 * Makes a path relative to the experiment file, with `/` on every system. A folder on another drive keeps its absolute
 * path.
 */
function relative(base: string, folder: string): string {
  return relativePath(base, folder) || '.';
}

/**
 * Computes the size of training for pictures of other proportions than usual: about as many pixels, in multiples of 8.
 */
async function sizeFor(image: string, limits: ImageLimits): Promise<[number, number] | undefined> {
  const info = await readImageHeader(image, limits).catch(() => undefined);
  if (!info) return undefined;
  const ratio = Math.sqrt(info.width / info.height / (usual.width / usual.height));
  const multiple = (side: number) => Math.max(32, 8 * Math.round(side / 8));
  const [width, height] = [multiple(usual.width * ratio), multiple(usual.height / ratio)];
  return width === usual.width && height === usual.height ? undefined : [width, height];
}
