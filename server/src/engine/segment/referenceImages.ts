import path from 'node:path';
import type { Settings } from '../../../../protocol/settings';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import type { Backend } from '../backend/session';
import { loadImage, type LoadedImage } from '../image/loadImage';
import type { Picture } from '../image/picture';
import type { SegmentedImage } from './segmentFile';
import type { StopSignals } from '../common/methodRun';
import {
  sampleReferences,
  referenceIterations,
  trainReference,
  type ReferenceModel,
} from '../clustering/reference/referenceModel';
import { nameLabels, type LabelledReference, type LabelNaming } from '../clustering/reference/labelNaming';
import { clusterFeatures } from './featureReference';
import { readPrevious } from './readPrevious';

/** A reference image, and the possible paths of its mask, the likeliest first. Names given in the mask are kept. */
export interface ReferenceImage {
  readonly file: string;
  readonly masks: readonly string[];
}

/** What was learned from reference images: it gives a thing the same name and colour in every image. */
export interface ReferenceSegmenter {
  /** The number of images that were learned from. */
  readonly images: number;
  readonly iterations: number;
  readonly naming: LabelNaming;
  segment(image: LoadedImage, started: number): Promise<SegmentedImage>;
  dispose(): Promise<void>;
}

/** Called after each iteration of training, with its number from 1, the number of iterations and the loss, if any. */
export type OnReferenceProgress = (iteration: number, iterations: number, loss: number | null) => void;

/**
 * Learns from reference images, at most 16 of them, and names the labels by their masks.
 * @param onBroken called for an image that cannot be read, or a mask whose names cannot be used, which is then left
 * out; by default it throws
 * @throws ImageError for an image that cannot be read, Error where none can or for such a mask; AbortError once
 * `signals.cancel` is aborted
 */
export async function openReference(
  files: readonly ReferenceImage[],
  settings: Settings,
  backend: Backend,
  signals: StopSignals,
  onProgress?: OnReferenceProgress,
  onBroken: (error: unknown) => void = error => {
    throw error;
  },
): Promise<ReferenceSegmenter> {
  const chosen: ReferenceImage[] = [];
  const images: LoadedImage[] = [];
  for (const reference of sampleReferences(files)) {
    try {
      images.push(await loadImage(reference.file, settings.limits, { view: settings.image }));
      chosen.push(reference);
    } catch (error) {
      onBroken(error);
    }
  }
  if (images.length === 0) throw new Error('none of the references can be read');
  const { model, ...learned } = await learn(
    images.map(({ picture }) => picture),
    settings,
    { backend, signals, onProgress },
  );
  const labelled: LabelledReference[] = [];
  for (const [i, image] of images.entries()) {
    signals.cancel.throwIfAborted();
    labelled.push({ found: await model.segment(image.picture), mask: await maskOf(chosen[i]!, image, onBroken) });
  }
  const naming = nameLabels(model.labels, labelled);
  return {
    images: chosen.length,
    iterations: learned.iterations,
    naming,
    segment: (image, started) =>
      segment(model, naming, image, { ...learned, settings, backend, started, references: chosen }),
    dispose: () => model.dispose(),
  };
}

/** How it was learned, as the record of a segmentation has it. */
interface Learned {
  readonly iterations: number;
  readonly parameters: Readonly<Record<string, number>>;
  /** Runs of the pretrained encoder for a picture; absent without. */
  readonly predictions?: number;
}

interface LearningContext {
  readonly backend: Backend;
  readonly signals: StopSignals;
  readonly onProgress: OnReferenceProgress | undefined;
}

/** Learns from pictures by the features of the settings; those of the pretrained encoder take no iterations. */
async function learn(
  pictures: readonly Picture[],
  settings: Settings,
  { backend, signals, onProgress }: LearningContext,
): Promise<Learned & { readonly model: ReferenceModel }> {
  const { features } = settings.together;
  if (features === 'pretrained' || (features === 'auto' && hasBundledWeights())) {
    const model = await clusterFeatures(pictures, settings, backend, signals, done => {
      onProgress?.(done, pictures.length, null);
    });
    const { superpixels } = settings.clustering;
    return { model, iterations: 0, parameters: { pretrainedFeatures: 1, superpixels }, predictions: 1 };
  }
  const run = trainReference(pictures, settings, backend, signals);
  let step = await run.next();
  let iterations = 0;
  for (; !step.done; step = await run.next()) {
    ({ iteration: iterations } = step.value);
    onProgress?.(iterations, referenceIterations, step.value.loss);
  }
  return { model: step.value, iterations, parameters: settings.clustering };
}

/** Opens the mask of a reference, where there is one that was made of it. */
async function maskOf({ masks }: ReferenceImage, image: LoadedImage, onBroken: (error: unknown) => void) {
  for (const mask of masks) {
    const { document, unusable } = await readPrevious(mask, image);
    if (document) return document;
    if (unusable !== undefined) onBroken(new Error(`${mask}: its names cannot be taken: ${unusable}`));
  }
  return undefined;
}

interface SegmentationContext extends Learned {
  readonly settings: Settings;
  readonly backend: Backend;
  readonly started: number;
  readonly references: readonly ReferenceImage[];
}

async function segment(
  model: ReferenceModel,
  { classOf, classes }: LabelNaming,
  image: LoadedImage,
  { settings, backend, started, references, iterations, parameters, predictions }: SegmentationContext,
): Promise<SegmentedImage> {
  const { regions, hierarchy, regionClasses } = await model.segment(image.picture, classOf);
  const name = references.map(({ file }) => path.basename(file)).join(', ');
  return {
    image,
    segmentation: {
      regions,
      hierarchy,
      iterations,
      stopped: false,
      model: { name, step: iterations, classes, regionClasses },
    },
    summary: {
      method: 'clustering',
      parameters,
      seed: settings.seed,
      granularity: settings.granularity,
      backend: backend.name,
      iterations,
      ...(predictions !== undefined && { predictions }),
      stopped: false,
      ...(image.view && { image: image.view }),
      seconds: (performance.now() - started) / 1000,
      model: name,
      classes: [...classes],
    },
  };
}
