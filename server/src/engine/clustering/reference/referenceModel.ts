import type { Settings } from '../../../../../protocol/settings';
import type { ClassRegions } from '../../merging/classRegions';
import type { Backend } from '../../backend/session';
import type { Picture, Size } from '../../image/picture';
import type { StopSignals } from '../../common/methodRun';
import { pictureFeatures } from '../networkInput';
import { toLab } from '../../pixels/lab';
import type { Planes } from '../../pixels/planes';
import { workingPicture } from '../../superpixels/fullSize';
import { resized } from '../../pixels/resize';
import { toPlanes } from '../trainingPrograms';
import type { TrainingStep } from '../trainingSteps';
import { labelledRegions } from './labelledRegions';
import { applyScaling, type ChannelScaling, channelScaling, withMargin, withoutMargin } from './referenceInputs';
import { openLabeller, trainOnPictures, type Labeller, type TrainedWeights } from './referenceNetwork';

/** On frames of a street more iterations gave no better labels, and fewer left more of them. */
export const referenceIterations = 40;

/** Most pixels that the network sees of one picture, and of all references in sum, for time and memory. */
const mostPixels = 60_000;
const mostReferencePixels = 240_000;
/** Fewest pixels that the network sees, where the picture has them, for detail. */
const fewestPixels = 4_000;
/** Most references that are trained on; of more, as many are chosen. */
export const mostReferences = 16;

/**
 * Pixels that the network sees around a pixel. The picture's edge is repeated as far, so that responses show no trace
 * of the padding.
 */
const margin = 2;

/** What was learned from reference pictures, whose labels mean the same in every picture. */
export interface ReferenceModel {
  /** Number of labels. */
  readonly labels: number;
  /**
   * Segments a picture into regions, at its size.
   * @param classOf the class of each label; without it each label is a class
   */
  segment(picture: Picture, classOf?: Uint8Array): Promise<ClassRegions>;
  dispose(): Promise<void>;
}

/** Chooses the references to train on: at most `mostReferences`, evenly spread. */
export function sampleReferences<T>(references: readonly T[]): T[] {
  const count = Math.min(references.length, mostReferences);
  return Array.from({ length: count }, (_, i) => references[Math.floor((i * references.length) / count)]);
}

/**
 * The size at which the network sees a picture: `scale` of its own, with at most `most` pixels, and with fewer than
 * `fewest` only where the picture has no more.
 */
function sizeOf({ width, height }: Size, scale: number, most: number, fewest: number): Size {
  const pixels = width * height;
  const factor = Math.min(Math.max(Math.min(scale, Math.sqrt(most / pixels)), Math.sqrt(fewest / pixels)), 1);
  return { width: Math.max(Math.round(width * factor), 1), height: Math.max(Math.round(height * factor), 1) };
}

/**
 * Trains one network on several pictures, to label others (Kim et al., TIP 2020, section III-D). All pictures are
 * brought to the references' scale of features, so that a label means the same in a picture that shows only part of
 * them.
 * @param references 1 to 16; all are trained on at the proportions of the first
 */
export async function* trainReference(
  references: readonly Picture[],
  settings: Settings,
  backend: Backend,
  signals: StopSignals,
): AsyncGenerator<TrainingStep, ReferenceModel> {
  const size = sizeOf(
    references[0],
    settings.clustering.scale,
    Math.min(mostPixels, mostReferencePixels / references.length),
    fewestPixels,
  );
  const seen = references.map(picture => pictureFeatures(resized(toLab(workingPicture(picture)), size)));
  const scaling = channelScaling(seen);
  const inputs = seen.map(planes => withMargin(applyScaling(planes, scaling), margin));
  const weights = yield* trainOnPictures(inputs, settings, referenceIterations, backend, signals);
  return new Model(weights, scaling, size, settings, backend);
}

class Model implements ReferenceModel {
  readonly labels: number;
  private labeller: { readonly size: Size; readonly opened: Labeller } | undefined;

  constructor(
    private readonly weights: TrainedWeights,
    private readonly scaling: ChannelScaling,
    private readonly size: Size,
    private readonly settings: Settings,
    private readonly backend: Backend,
  ) {
    this.labels = settings.clustering.channels;
  }

  async segment(picture: Picture, classOf?: Uint8Array): Promise<ClassRegions> {
    const work = workingPicture(picture);
    const lab = toLab(work);
    const size = sizeOf(lab, 1, this.size.width * this.size.height, fewestPixels);
    const response = await this.respond(applyScaling(pictureFeatures(resized(lab, size)), this.scaling));
    return labelledRegions({ picture, work, lab }, response, this.settings.clustering.superpixels, classOf);
  }

  async dispose(): Promise<void> {
    await this.labeller?.opened.dispose();
    this.labeller = undefined;
  }

  /** The network's responses. The session of the last size is kept, as pictures of a series mostly have one size. */
  private async respond(seen: Planes): Promise<Planes> {
    const input = withMargin(seen, margin);
    if (this.labeller?.size.width !== input.width || this.labeller.size.height !== input.height) {
      await this.dispose();
      this.labeller = { size: input, opened: await openLabeller(this.weights, input, this.backend) };
    }
    return withoutMargin(toPlanes(await this.labeller.opened.respond(input)), margin);
  }
}
