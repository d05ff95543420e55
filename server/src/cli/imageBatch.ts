import type { MaskStatus } from '../../../mask/document/maskStatus';
import { granularityForCount } from '../../../mask/regions/cut';
import { isChosen } from '../engine/session/batchChoice';
import { writeSegmentation, type WrittenSegmentation } from '../engine/segment/writeSegmentation';
import { siblingNames } from '../engine/formats/writeDocument';
import { type ScribbleImage, checkScribbleSize } from '../engine/image/scribbleImage';
import type { ReferenceSegmenter } from '../engine/segment/referenceImages';
import { loadImage, type LoadedImage } from '../engine/image/loadImage';
import { checkOutputNames } from '../engine/segment/imageFolder';
import { resultOf, segmentImage, type SegmentedImage, type SegmentServices } from '../engine/segment/segmentFile';
import type { MethodProgress, StopSignals } from '../engine/common/methodRun';
import type { ImageInput } from './inputImages';
import type { SegmentOptions } from './segmentOptions';

/** The result of an image that was segmented and written, or the reason why it was not. */
export type ImageResult =
  | { readonly input: ImageInput; readonly segmented: SegmentedImage; readonly written: WrittenSegmentation }
  | { readonly input: ImageInput; readonly error: unknown };

export interface BatchContext extends SegmentServices {
  readonly options: SegmentOptions;
  /** Segments the images in place of a network for each. */
  readonly reference?: ReferenceSegmenter | undefined;
  /** Labels some pixels of the one image, in place of a clustering. */
  readonly scribbles?: ScribbleImage | undefined;
  readonly signals: StopSignals;
  readonly onProgress: (input: ImageInput, progress: MethodProgress) => void;
}

/**
 * Segments and writes images one after the other. A failed image does not stop the batch. The next image is decoded
 * while the last one trains, since decoding has threads of its own.
 * @throws AbortError once the batch is cancelled; images already written stay
 */
export async function* runBatch(inputs: readonly ImageInput[], context: BatchContext): AsyncGenerator<ImageResult> {
  const { options, signals } = context;
  const { settings } = options;
  const checked = (input: ImageInput) => checkOutputNames(input.file, options.formats, inSameFolder(input, inputs));
  const load = (input: ImageInput | undefined) => {
    const loading =
      input && checked(input).then(() => loadImage(input.file, settings.limits, { view: settings.image }));
    loading?.catch(() => {
      /* reported when it is awaited */
    });
    return loading;
  };
  let ahead = load(inputs[0]);
  for (const [index, input] of inputs.entries()) {
    const loading = ahead!;
    try {
      const started = performance.now();
      const image = await loading.finally(() => {
        ahead = load(inputs[index + 1]);
      });
      const segmented = await segment(input, image, started, context);
      yield { input, segmented, written: await write(input, segmented, inputs, context) };
    } catch (error) {
      signals.cancel.throwIfAborted();
      yield { input, error };
    }
  }
}

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
  inputs: readonly ImageInput[],
  { options: { formats, settings, only }, scribbles, signals }: BatchContext,
): Promise<WrittenSegmentation> {
  const siblings = await siblingNames(input.file, inSameFolder(input, inputs));
  const { values } = settings.output;
  const mayReplace = (status: MaskStatus) => isChosen(status, input.named, only);
  const written = { folder: input.output, formats, values, siblings, signal: signals.cancel, mayReplace };
  return writeSegmentation(segmented, written, scribbles);
}

/** The images whose outputs are written into the same folder. */
function inSameFolder({ output }: ImageInput, inputs: readonly ImageInput[]): string[] {
  return inputs.filter(other => other.output === output).map(other => other.file);
}
