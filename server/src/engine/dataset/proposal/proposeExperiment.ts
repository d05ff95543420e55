import path from 'node:path';
import { guessLayout, type LayoutGuess } from './guessLayout';
import { readImageHeader, type ImageLimits } from '../../image/imageHeader';

/** A proposal of an experiment for two folders, as its file holds it: settings at their default are left out. */
export interface ExperimentProposal {
  readonly experiment: object;
  /** The number of labelled images found; 0 where the layout is only a starting point. */
  readonly labelled: number;
}

const usual = { width: 160, height: 120 };

/**
 * The settings that adapt best to photos in other light, of all that were measured for the usual number of steps:
 * docs/method2.md.
 */
const adaptation = { strategy: 'self-training', pseudoLabelThreshold: 0.9, targetHistograms: 0.5, warmUp: 900 };
const training = { classBalance: 0.5 };

/**
 * Proposes an experiment that learns from a folder of labelled pictures and adapts to one of photos.
 * @param base the folder of the experiment file, to which paths are relative
 */
export async function proposeExperiment(
  labelled: string,
  photos: string,
  base: string,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<ExperimentProposal> {
  const guess = await guessLayout(labelled, limits, signal);
  const size = guess && (await sizeFor(guess.pairs[0]!.image, limits));
  const experiment = {
    source: guess ? sourceOf(guess, relative(base, labelled)) : { layout: 'folders', root: relative(base, labelled) },
    target: { images: relative(base, photos) },
    classes: guess?.classes ?? 'cityscapes19',
    adaptation,
    training: { ...(size && { size }), ...training },
  };
  return { experiment, labelled: guess?.pairs.length ?? 0 };
}

function sourceOf({ layout, paths }: LayoutGuess, root: string): object {
  return { layout, root, ...paths };
}

/**
 * Makes a path relative to the experiment file, with `/` on every system. A folder on another drive keeps its absolute
 * path.
 */
function relative(base: string, folder: string): string {
  return (path.relative(base, folder) || '.').replaceAll(path.sep, '/');
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
