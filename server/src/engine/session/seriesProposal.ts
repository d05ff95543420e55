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
import { rightShare } from '../series/rightShare';
import { carryBySight, type SeriesSight } from '../series/seriesSight';
import { isLabelled, type LabelledPicture } from '../series/sourceLabels';
import { imageFiles } from './imageFiles';
import { readPrevious } from '../segment/readPrevious';
import { resultOf, segmentImage, toSegmentation, type SegmentServices } from '../segment/segmentFile';

/**
 * What became of an image that was to take the labels of the one before it; `right` is the estimated share of its
 * pixels whose labels are right.
 */
export type SeriesOutcome =
  | Judgement<'written'>
  /** A person worked on its mask. `isLabelled`: its own labels can go on from there. */
  | { readonly kind: 'kept'; readonly isLabelled: boolean }
  | Judgement<'unsure'>;

/** `round`: the number of the round of learning whose network took part, if any. */
interface Judgement<Kind> {
  readonly kind: Kind;
  readonly right: number;
  readonly round?: number;
}

/** The image that labels are taken from, and the share of them that is right: 1 where a person made them. */
export interface SeriesSource {
  readonly file: string;
  readonly right: number;
}

interface SeriesContext {
  readonly settings: Settings;
  readonly services: SegmentServices;
  readonly sight: SeriesSight;
  readonly signals: StopSignals;
  /** Called before files are written: the last moment for a cancel. */
  readonly beginWriting: () => void;
}

/**
 * The share of right pixels, as `rightShare` estimates it, below which labels are no proposal. In street scenes that
 * were not tuned on, what it takes had 0.89 of its pixels right, against 0.78 without a stop: see docs/series.md.
 */
const leastRight = 0.8;

/**
 * Segments an image by Method 1, gives it the labels of the image before, and writes it as a proposal, unless a person
 * works on its mask, also meanwhile, or the labels are too unsure.
 * @throws Error with the reason why it cannot be done
 */
export async function proposeFromPrevious(
  file: string,
  previous: SeriesSource,
  { settings, services, sight, signals, beginWriting }: SeriesContext,
): Promise<SeriesOutcome> {
  const image = await loadImage(file, settings.limits, { view: settings.image });
  const earlier = await judgeMask(image, settings);
  if (earlier.kept) return earlier.kept;
  const before = await labelledPicture(previous.file, settings);
  const method = settings.method === 'adapted' ? 'clustering' : settings.method;
  const segmented = await resultOf(segmentImage(image, { ...settings, method }, services, signals));
  const { regions } = segmented.segmentation;
  const carried = await carryBySight(before, { file, picture: image.picture, regions }, sight);
  signals.cancel.throwIfAborted();
  const { round } = carried;
  const judgement = {
    right: rightShare(previous.right, carried.confidence),
    ...(round !== undefined && { round }),
  };
  if (judgement.right < leastRight) return { kind: 'unsure', ...judgement };
  const document = new MaskDocument(stateFromSegmentation(toSegmentation(segmented)));
  document.take(withCarriedLabels(document, carried) ?? document.state);
  beginWriting();
  const judged = await judgeMask(image, settings); // which may have changed meanwhile
  return judged.kept ?? writeProposal(image, document, settings, { kind: 'written', ...judgement }, judged.check);
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
  outcome: Judgement<'written'>,
  check: Judged['check'],
): Promise<SeriesOutcome> {
  const { formats, folder, values, polygonTolerance } = settings.output;
  try {
    await writeDocument(image, document, {
      folder: path.resolve(path.dirname(image.file), folder),
      formats: [...new Set(['mask' as const, ...formats])],
      values,
      siblings: await siblingNames(image.file),
      polygonTolerance,
      ...(check && { check }),
    });
    return outcome;
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
