import path from 'node:path';
import type { Settings } from '../../../../protocol/settings';
import type { Backend } from '../backend/session';
import { loadImage, type LoadedImage } from '../image/loadImage';
import type { SegmentedImage } from './segmentFile';
import type { StopSignals } from '../common/methodRun';
import {
  sampleReferences,
  referenceIterations,
  trainReference,
  type ReferenceModel,
} from '../clustering/reference/referenceModel';
import { nameLabels, type LabelledReference, type LabelNaming } from '../clustering/reference/labelNaming';
import { readPrevious } from './readPrevious';

/** A reference image, and the possible paths of its mask, the likeliest first. Names given in the mask are kept. */
export interface ReferenceImage {
  readonly file: string;
  readonly masks: readonly string[];
}

/** A network trained on reference images, which gives a thing the same name and colour in every image. */
export interface ReferenceSegmenter {
  /** The number of images that the network was trained on. */
  readonly images: number;
  readonly iterations: number;
  readonly naming: LabelNaming;
  segment(image: LoadedImage, started: number): Promise<SegmentedImage>;
  dispose(): Promise<void>;
}

/** Called after each iteration of training, with its number from 1, the number of iterations and the loss. */
export type OnReferenceProgress = (iteration: number, iterations: number, loss: number) => void;

/**
 * Trains a network on reference images, at most 16 of them, and names its labels by their masks.
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
  const run = trainReference(
    images.map(({ picture }) => picture),
    settings,
    backend,
    signals,
  );
  let step = await run.next();
  let done = 0;
  for (; !step.done; step = await run.next()) {
    done = step.value.iteration;
    onProgress?.(done, referenceIterations, step.value.loss);
  }
  const model = step.value;
  const labelled: LabelledReference[] = [];
  for (const [i, image] of images.entries()) {
    signals.cancel.throwIfAborted();
    labelled.push({ found: await model.segment(image.picture), mask: await maskOf(chosen[i]!, image, onBroken) });
  }
  const naming = nameLabels(model.labels, labelled);
  return {
    images: chosen.length,
    iterations: done,
    naming,
    segment: (image, started) =>
      segment(model, naming, image, { settings, backend, started, iterations: done, references: chosen }),
    dispose: () => model.dispose(),
  };
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

interface SegmentationContext {
  settings: Settings;
  backend: Backend;
  started: number;
  iterations: number;
  references: readonly ReferenceImage[];
}

async function segment(
  model: ReferenceModel,
  { classOf, classes }: LabelNaming,
  image: LoadedImage,
  { settings, backend, started, iterations, references }: SegmentationContext,
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
      parameters: settings.clustering,
      seed: settings.seed,
      granularity: settings.granularity,
      backend: backend.name,
      iterations,
      stopped: false,
      ...(image.view && { image: image.view }),
      seconds: (performance.now() - started) / 1000,
      model: name,
      classes: [...classes],
    },
  };
}
