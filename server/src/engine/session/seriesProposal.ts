import path from 'node:path';
import { ChangedError } from '../../../../files/unchanged';
import { withCarriedLabels } from '../../../../mask/document/carriedLabels';
import { MaskDocument } from '../../../../mask/document/maskDocument';
import { sameView } from '../../../../mask/document/imageView';
import { stateFromSegmentation } from '../../../../mask/document/segmentation';
import { viewOf } from '../../../../mask/document/segmentationRecord';
import { statusOf } from '../../../../mask/document/statusOf';
import type { Settings } from '../../../../protocol/settings';
import type { StopSignals } from '../common/methodRun';
import { siblingNames, writeDocument } from '../formats/writeDocument';
import { loadImage, type LoadedImage } from '../image/loadImage';
import { carryLabels } from '../series/carryLabels';
import { isLabelled, type LabelledPicture } from '../series/sourceLabels';
import { imageFiles } from './imageFiles';
import { readPrevious } from '../segment/readPrevious';
import { segmentImage, toSegmentation, type SegmentServices } from '../segment/segmentFile';

/** What became of an image that was to take the labels of the one before it. */
export type SeriesOutcome =
  | { readonly kind: 'written'; readonly files: readonly string[] }
  /** A person worked on its mask. `isLabelled`: its own labels can go on from there. */
  | { readonly kind: 'kept'; readonly isLabelled: boolean }
  | { readonly kind: 'unsure'; readonly confidence: number };

export interface SeriesContext {
  readonly settings: Settings;
  readonly services: SegmentServices;
  readonly signals: StopSignals;
  /** Called before files are written: the last moment for a cancel. */
  readonly beginWriting: () => void;
}

/**
 * The confidence of a whole image below which its labels are no proposal. Tuned and measured on street scenes, see
 * docs/series.md.
 */
export const leastConfidence = 0.5;

/**
 * Segments an image by Method 1, gives it the labels of the image before, and writes it as a proposal, unless a person
 * works on its mask, also meanwhile, or the labels are too unsure.
 * @throws Error with the reason why it cannot be done
 */
export async function proposeFromPrevious(
  file: string,
  previous: string,
  { settings, services, signals, beginWriting }: SeriesContext,
): Promise<SeriesOutcome> {
  const image = await loadImage(file, settings.limits, { view: settings.image });
  const earlier = await judgeMask(image, settings);
  if (earlier.kept) return earlier.kept;
  const before = await labelledPicture(previous, settings);
  const method = settings.method === 'adapted' ? 'clustering' : settings.method;
  const run = segmentImage(image, { ...settings, method }, services, signals);
  let step = await run.next();
  while (!step.done) step = await run.next();
  const { regions } = step.value.segmentation;
  const carried = carryLabels(before, { picture: image.picture, regions });
  if (carried.confidence < leastConfidence) return { kind: 'unsure', confidence: carried.confidence };
  const document = new MaskDocument(stateFromSegmentation(toSegmentation(step.value)));
  document.take(withCarriedLabels(document, carried) ?? document.state);
  beginWriting();
  const { kept, check } = await judgeMask(image, settings); // which may have changed meanwhile
  return kept ?? writeProposal(image, document, settings, check);
}

interface Judged {
  /** The outcome for an image whose mask is a person's work, or cannot be judged; absent where it may be replaced. */
  readonly kept?: SeriesOutcome;
  readonly check?: () => Promise<void>;
}

async function judgeMask(image: LoadedImage, { output }: Settings): Promise<Judged> {
  const { document, unusable, check } = await readPrevious(maskOf(image.file, output.folder), image);
  if (unusable !== undefined) return { kept: { kind: 'kept', isLabelled: false } };
  const status = document ? statusOf(document.state) : 'none';
  if (document && status !== 'proposed')
    return { kept: { kind: 'kept', isLabelled: status !== 'skipped' && isLabelled(document) } };
  return check ? { check } : {};
}

async function writeProposal(
  image: LoadedImage,
  document: MaskDocument,
  settings: Settings,
  check: Judged['check'],
): Promise<SeriesOutcome> {
  const { formats, folder, values, polygonTolerance } = settings.output;
  try {
    const { files } = await writeDocument(image, document, {
      folder: path.resolve(path.dirname(image.file), folder),
      formats: [...new Set(['mask' as const, ...formats])],
      values,
      siblings: await siblingNames(image.file),
      polygonTolerance,
      ...(check && { check }),
    });
    return { kind: 'written', files: Object.values(files) };
  } catch (error) {
    if (error instanceof ChangedError) return { kind: 'kept', isLabelled: false }; // it is being saved right now
    throw error;
  }
}

/** @throws Error that names the image when it has no mask of its own that can be read */
async function labelledPicture(file: string, { limits, image: view, output }: Settings): Promise<LabelledPicture> {
  const name = path.basename(file);
  const image = await loadImage(file, limits, { view });
  const { document, unusable } = await readPrevious(maskOf(file, output.folder), image);
  if (!document) throw new Error(`${name}: ${unusable ?? 'it has no mask'}`);
  const own = viewOf(document.state.run, view);
  const { picture } = sameView(own, view) ? image : await loadImage(file, limits, { view: own });
  return { name, picture, document };
}

function maskOf(file: string, output: string): string {
  const folder = path.dirname(file);
  return imageFiles(folder, () => path.resolve(folder, output))(path.basename(file)).mask;
}
