import type { MaskStatus } from '../../../mask/document/maskStatus';
import { granularityForCount } from '../../../mask/regions/cut';
import type { MaskRequest } from '../../../mask/files/sidecar';
import { isChosen } from '../engine/session/batchChoice';
import { writeSegmentation, type WrittenSegmentation } from '../engine/segment/writeSegmentation';
import { type ScribbleImage, checkScribbleSize } from '../engine/image/scribbleImage';
import type { ReferenceSegmenter } from '../engine/segment/referenceImages';
import { loadImage, type LoadedImage } from '../engine/image/loadImage';
import { checkOutputNames } from '../engine/segment/imageFolder';
import { resultOf, segmentImage, type SegmentedImage, type SegmentServices } from '../engine/segment/segmentFile';
import type { MethodProgress, StopSignals } from '../engine/common/methodRun';
import type { OutputFormat } from '../../../protocol/names';
import type { Settings } from '../../../protocol/settings';
import type { ImageInput } from './imageInput';

/** The result of an image that was segmented and written, or the reason why it was not. */
export type ImageResult<Input = ImageInput> =
  | { readonly input: Input; readonly segmented: SegmentedImage; readonly written: WrittenSegmentation }
  | { readonly input: Input; readonly error: unknown };

/** What a batch makes of each image. */
export interface BatchOptions {
  readonly settings: Settings;
  readonly formats: readonly OutputFormat[];
  /** The number of regions to aim for, instead of a granularity. */
  readonly regions: number | undefined;
  /** Only masks that have one of these statuses are replaced; undefined: all that are named or nobody is done with. */
  readonly only: ReadonlySet<MaskStatus> | undefined;
}

export interface BatchContext extends SegmentServices {
  readonly options: BatchOptions;
  /** The names of images of an input's stem. */
  readonly siblingsOf: (input: ImageInput) => readonly string[];
  /** What the mask of an image is written for; it is kept in its sidecar. */
  readonly requestFor: (image: string) => Promise<MaskRequest>;
  /** Segments the images in place of a network for each. */
  readonly reference?: ReferenceSegmenter | undefined;
  /** Labels some pixels of the one image, in place of a clustering. */
  readonly scribbles?: ScribbleImage | undefined;
  readonly signals: StopSignals;
  readonly onProgress: (input: ImageInput, progress: MethodProgress) => void;
}

/** An image of a batch that is being decoded. */
interface LoadingInput<Input> {
  readonly input: Input;
  readonly loading: Promise<LoadedImage>;
}

/**
 * Segments and writes images one after the other. A failed image does not stop the batch. The next image is looked for
 * and decoded while the last one trains, since decoding has threads of its own.
 * @throws AbortError once the batch is cancelled; images already written stay
 */
export async function* runBatch<Input extends ImageInput>(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  context: BatchContext,
): AsyncGenerator<ImageResult<Input>> {
  const { signals } = context;
  const rest = loadingInputs(inputs, context);
  let ahead = rest.next();
  for (let step = await ahead; !step.done; step = await ahead) {
    const { input, loading } = step.value;
    try {
      const started = performance.now();
      const image = await loading.finally(() => {
        ahead = rest.next();
        ahead.catch(ignored);
      });
      const segmented = await segment(input, image, started, context);
      yield { input, segmented, written: await write(input, segmented, context) };
    } catch (error) {
      signals.cancel.throwIfAborted();
      yield { input, error };
    }
  }
}

async function* loadingInputs<Input extends ImageInput>(
  inputs: Iterable<Input> | AsyncIterable<Input>,
  { options: { settings, formats }, siblingsOf }: BatchContext,
): AsyncGenerator<LoadingInput<Input>> {
  const load = async (input: ImageInput) => {
    checkOutputNames(input.file, formats, siblingsOf(input));
    return loadImage(input.file, settings.limits, { view: settings.image });
  };
  for await (const input of inputs) {
    const loading = load(input);
    loading.catch(ignored);
    yield { input, loading };
  }
}

/** Keeps an error for where the promise is awaited. */
const ignored = () => undefined;

async function segment(
  input: ImageInput,
  image: LoadedImage,
  started: number,
  context: BatchContext,
): Promise<SegmentedImage> {
  const segmented = await (context.reference?.segment(image, started) ?? train(input, image, started, context));
  context.signals.cancel.throwIfAborted();
  const { segmentation, summary } = segmented;
  const { regions } = context.options;
  return regions === undefined
    ? segmented
    : { ...segmented, summary: { ...summary, granularity: granularityForCount(segmentation.hierarchy, regions) } };
}

async function train(
  input: ImageInput,
  image: LoadedImage,
  started: number,
  context: BatchContext,
): Promise<SegmentedImage> {
  const { options, scribbles, signals, onProgress } = context;
  if (scribbles) checkScribbleSize(scribbles, image);
  const run = segmentImage(image, options.settings, context, signals, started, scribbles);
  return resultOf(run, progress => {
    onProgress(input, progress);
  });
}

async function write(
  input: ImageInput,
  segmented: SegmentedImage,
  { options, siblingsOf, requestFor, scribbles, signals }: BatchContext,
): Promise<WrittenSegmentation> {
  const { formats, settings, only } = options;
  const { values, polygonTolerance } = settings.output;
  const written = {
    folder: input.output,
    formats,
    values,
    polygonTolerance,
    siblings: siblingsOf(input),
    request: await requestFor(input.file),
    signal: signals.cancel,
    mayReplace: (status: MaskStatus) => isChosen(status, input.named, only),
  };
  return writeSegmentation(segmented, written, scribbles);
}
