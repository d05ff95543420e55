import path from 'node:path';
import type { Segmentation } from '../../../../mask/document/segmentation';
import type { SegmentationSummary } from '../../../../protocol/segmentMessages';
import type { Settings } from '../../../../protocol/settings';
import type { Backend } from '../backend/session';
import type { Scribbles } from '../image/scribbleImage';
import { scribbleWeight } from '../clustering/trainingPrograms';
import { segmentPicture } from '../clustering/methods/segmentPicture';
import { ModelError } from '../adaptation/prediction/adaptedModel';
import { loadImage, type LoadedImage } from '../image/loadImage';
import type { ModelCache } from '../adaptation/prediction/modelCache';
import type { PredictionSettings } from '../experiment/experimentSchema';
import type { ClassModel, MethodProgress, StopSignals, MethodResult } from '../common/methodRun';

/** An image, the regions that a method found in it, and the record of the segmentation. */
export interface SegmentedImage {
  readonly image: LoadedImage;
  readonly segmentation: MethodResult;
  readonly summary: SegmentationSummary;
}

/** Converts to the segmentation from which masks are made. */
export function toSegmentation({ segmentation: { regions, hierarchy, model }, summary }: SegmentedImage): Segmentation {
  return {
    regions,
    hierarchy,
    granularity: summary.granularity,
    run: summary,
    ...(model && { regionClasses: model.regionClasses }),
  };
}

/** What segmentations of several images share. */
export interface SegmentServices {
  readonly openBackend: () => Promise<Backend>;
  readonly models: ModelCache;
}

/** A running segmentation of an image: yields progress and returns the result. */
export type ImageRun = AsyncGenerator<MethodProgress, SegmentedImage>;

/** Runs a segmentation to its end. @throws as the run, and what `onProgress` throws */
export async function resultOf(
  run: ImageRun,
  onProgress?: (progress: MethodProgress) => void,
): Promise<SegmentedImage> {
  try {
    for (;;) {
      const { value, done } = await run.next();
      if (done) return value;
      onProgress?.(value);
    }
  } finally {
    await run.return(undefined as never); // frees the network where `onProgress` threw
  }
}

/**
 * Segments an image file by the method of the settings.
 * @throws ImageError for a file that cannot be read or is above a limit; Error for a model that cannot be used;
 * AbortError once `signals.cancel` is aborted
 */
export async function* segmentFile(
  file: string,
  settings: Settings,
  services: SegmentServices,
  signals: StopSignals,
  scribbles?: Scribbles,
): ImageRun {
  const started = performance.now();
  return yield* segmentImage(
    await loadImage(file, settings.limits, { view: settings.image }),
    settings,
    services,
    signals,
    started,
    scribbles,
  );
}

/**
 * Segments an image in memory by the method of the settings.
 * @param started `performance.now()` when the reading of the image began
 */
export async function* segmentImage(
  image: LoadedImage,
  settings: Settings,
  { openBackend, models }: SegmentServices,
  signals: StopSignals,
  started = performance.now(),
  scribbles?: Scribbles,
): ImageRun {
  signals.cancel.throwIfAborted();
  let backend: Backend | undefined;
  const open = async () => (backend = await openBackend());
  const by = scribbles ?? settings.method;
  const segmentation =
    by === 'adapted'
      ? await segmentAdapted(image, settings, { openBackend: open, models }, signals)
      : yield* segmentPicture(image.picture, by, settings, open, signals);
  const { iterations, stopped, reduced, model } = segmentation;
  return {
    image,
    segmentation,
    summary: {
      ...methodRecord(settings, scribbles, model),
      seed: settings.seed,
      granularity: settings.granularity,
      // A picture too small to train on never asks for a back end: then plain code on the processor did it all.
      backend: backend?.name ?? 'cpu',
      iterations,
      stopped,
      seconds: (performance.now() - started) / 1000,
      ...(image.view && { image: image.view }),
      ...(reduced && { reduced }),
      ...(model && { model: model.name, classes: [...model.classes] }),
      ...(model?.uncertainty !== undefined && { uncertainty: model.uncertainty }),
      ...(model?.prediction && { predictions: model.prediction.runs }),
    },
  };
}

/**
 * Segments by the network of the training run that the settings name. @throws ModelError for a folder that holds none
 */
async function segmentAdapted(
  { file, picture }: LoadedImage,
  { adaptation, limits }: Settings,
  { openBackend, models }: SegmentServices,
  { cancel }: StopSignals,
): Promise<MethodResult> {
  if (adaptation.checkpoint === '')
    throw new ModelError(
      'the method adapted needs a trained run: labelless.adaptation.checkpoint (--checkpoint) names its folder',
    );
  const folder = path.resolve(path.dirname(file), adaptation.checkpoint);
  const model = await models.open(folder, openBackend, limits.memory);
  cancel.throwIfAborted();
  const changes = predictionChanges(adaptation);
  const found = await model.segment(picture, { changes, cancel });
  cancel.throwIfAborted();
  const { regions, hierarchy, regionClasses, uncertainty, prediction, runs } = found;
  const { name, step, classes } = model;
  return {
    regions,
    hierarchy,
    iterations: 0,
    stopped: false,
    model: { name, step, classes, regionClasses, uncertainty, prediction: { ...prediction, runs } },
  };
}

/** What the settings change of the prediction that a run's experiment describes. */
export function predictionChanges({ scales, mirror, refine }: Settings['adaptation']): Partial<PredictionSettings> {
  return {
    ...(scales.length > 0 && { scales }),
    ...(mirror !== 'auto' && { mirror: mirror === 'on' }),
    ...(refine !== 'auto' && { refine: refine === 'on' }),
  };
}

/** Makes the record of the method and its parameters. */
function methodRecord(
  settings: Settings,
  scribbles: Scribbles | undefined,
  model: ClassModel | undefined,
): Pick<SegmentationSummary, 'method' | 'parameters'> {
  const {
    method,
    clustering,
    continuity: { similarityWeight, continuityWeight },
  } = settings;
  if (scribbles)
    return {
      method: 'scribbles',
      parameters: {
        ...clustering,
        similarityWeight,
        continuityWeight,
        scribbleWeight,
        ...('strokes' in scribbles && { strokes: scribbles.strokes.length }),
      },
    };
  if (method !== 'adapted') return { method, parameters: settings[method] };
  const { step = 0, prediction } = model ?? {};
  const scales = prediction?.scales.map((scale, index) => [`scale${index + 1}`, scale] as const) ?? [];
  return {
    method,
    parameters: {
      steps: step,
      ...Object.fromEntries(scales),
      mirror: Number(prediction?.mirror ?? false),
      refine: Number(prediction?.refine ?? false),
    },
  };
}
