import path from 'node:path';
import type { Settings } from '../../../../protocol/settings';
import type { Backend } from '../backend/session';
import type { Picture } from '../image/picture';
import { loadImage, type LoadedImage } from '../image/read';
import type { SegmentedImage } from './segmentFile';
import type { RunSignals } from '../common/segmentationRun';
import {
  chosenReferences,
  referenceIterations,
  trainReference,
  type ReferenceModel,
} from '../clustering/reference/referenceModel';
import { nameLabels, type LabelledReference, type Naming } from '../clustering/reference/labelNaming';
import { openPrevious } from '../formats/maskFiles';

/** A reference image, and where its mask may be, the likeliest first: names that were given there are kept. */
export interface ReferenceFile {
  readonly file: string;
  readonly masks: readonly string[];
}

/** A network trained on reference images: what it calls something has the same name and colour in every image. */
export interface Reference {
  /** Images that it was trained on. */
  readonly images: number;
  readonly iterations: number;
  readonly naming: Naming;
  segment(image: LoadedImage, started: number): Promise<SegmentedImage>;
  dispose(): Promise<void>;
}

/** @param iteration of `iterations` */
export type ReferenceProgress = (iteration: number, iterations: number, loss: number) => void;

/**
 * Trains on reference images together, at most 16 of them. Their masks give the names.
 * @param onBroken hears of one that cannot be read, which is left out then; without it that is an error
 * @throws ImageError for one that cannot be read, Error where none can; AbortError once `signals.cancel` is aborted
 */
export async function openReference(
  files: readonly ReferenceFile[],
  settings: Settings,
  backend: Backend,
  signals: RunSignals,
  onProgress?: ReferenceProgress,
  onBroken: (error: unknown) => void = error => {
    throw error;
  },
): Promise<Reference> {
  const chosen: ReferenceFile[] = [];
  const pictures: Picture[] = [];
  for (const reference of chosenReferences(files)) {
    try {
      pictures.push((await loadImage(reference.file, settings.limits)).picture);
      chosen.push(reference);
    } catch (error) {
      onBroken(error);
    }
  }
  if (pictures.length === 0) throw new Error('none of the references can be read');
  const run = trainReference(pictures, settings, backend, signals);
  let step = await run.next();
  let done = 0;
  for (; !step.done; step = await run.next()) {
    done = step.value.iteration;
    onProgress?.(done, referenceIterations, step.value.loss);
  }
  const model = step.value;
  const labelled: LabelledReference[] = [];
  for (const [i, picture] of pictures.entries()) {
    signals.cancel.throwIfAborted();
    labelled.push({ found: await model.segment(picture), mask: await maskOf(chosen[i], picture) });
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

/** The mask that a reference has, if it is of the reference's size. */
async function maskOf({ masks }: ReferenceFile, { width, height }: Picture) {
  for (const mask of masks) {
    const document = await openPrevious(mask);
    if (document?.width === width && document.height === height) return document;
  }
  return undefined;
}

interface Call {
  settings: Settings;
  backend: Backend;
  started: number;
  iterations: number;
  references: readonly ReferenceFile[];
}

async function segment(
  model: ReferenceModel,
  { classOf, classes }: Naming,
  image: LoadedImage,
  { settings, backend, started, iterations, references }: Call,
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
      seconds: (performance.now() - started) / 1000,
      model: name,
      classes: [...classes],
    },
  };
}
