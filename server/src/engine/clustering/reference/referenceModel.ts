import type { Settings } from '../../../../../protocol/settings';
import { classRegions, type ClassRegions } from '../../merging/classRegions';
import type { Backend } from '../../backend/session';
import type { Picture, Size } from '../../image/picture';
import type { RunSignals } from '../../common/segmentationRun';
import { features } from '../networkInput';
import { toLab } from '../../pixels/lab';
import { emptyPlanes, plane, type Planes } from '../../pixels/planes';
import { Pooling } from '../../superpixels/regionSums';
import { toFullSize, workingPicture } from '../../superpixels/fullSize';
import { enlargePlane, reducePlanes } from '../../pixels/resize';
import { slic } from '../../superpixels/slic';
import { toPlanes } from '../trainingPrograms';
import type { TrainingStep } from '../trainingSteps';
import { scaled, type Scaling, scalingOf, withMargin, withoutMargin } from './referenceInputs';
import { openLabeller, trainTogether, type Labeller, type Weights } from './referenceNetwork';

/** On frames of a street more iterations gave no better labels, and fewer left more of them. */
export const referenceIterations = 40;

/** Pixels that the network sees of a picture at most, and of all references together, for time and memory. */
const mostPixels = 60_000;
const mostPixelsTogether = 240_000;
/** Pixels that it sees at least, where the picture has them, for detail. */
const fewestPixels = 4_000;
/** References that are trained on together at most: of more, so many are taken. */
export const mostReferences = 16;

/**
 * As far as the network sees around a pixel: with the picture's edge repeated so far, what it answers there is no trace
 * of the edge.
 */
const margin = 2;

/** Share of a picture's pixels below which a piece of a label joins its neighbour. */
const speck = 1 / 5000;

/** What reference pictures taught: a label means the same in whatever picture. */
export interface ReferenceModel {
  /** Labels are below it. */
  readonly labels: number;
  /**
   * The regions of a picture, at its size.
   * @param classOf the class of each label; without it a label is a class
   */
  segment(picture: Picture, classOf?: Uint8Array): Promise<ClassRegions>;
  dispose(): Promise<void>;
}

/** Of many references those that are trained on: evenly spread. */
export function chosenReferences<T>(references: readonly T[]): T[] {
  const count = Math.min(references.length, mostReferences);
  return Array.from({ length: count }, (_, i) => references[Math.floor((i * references.length) / count)]);
}

/**
 * A size of the picture's proportions, of so many pixels at most; of fewer than so many only where the picture has no
 * more.
 */
function sizeOf({ width, height }: Size, scale: number, most: number, fewest: number): Size {
  const pixels = width * height;
  const factor = Math.min(Math.max(Math.min(scale, Math.sqrt(most / pixels)), Math.sqrt(fewest / pixels)), 1);
  return { width: Math.max(Math.round(width * factor), 1), height: Math.max(Math.round(height * factor), 1) };
}

function resized(planes: Planes, { width, height }: Size): Planes {
  if (width <= planes.width && height <= planes.height) return reducePlanes(planes, width, height);
  const out = emptyPlanes(width, height, planes.channels);
  for (let c = 0; c < planes.channels; c++) plane(out, c).set(enlargePlane(plane(planes, c), planes, out));
  return out;
}

/**
 * Trains one network on several pictures, to label others (Kim et al., TIP 2020, section III-D). All are seen on the
 * references' scale of colours and activations, not each on its own: a label then means the same where a picture shows
 * only part of them.
 * @param references 1 to 16; all are trained on at the proportions of the first
 */
export async function* trainReference(
  references: readonly Picture[],
  settings: Settings,
  backend: Backend,
  signals: RunSignals,
): AsyncGenerator<TrainingStep, ReferenceModel> {
  const size = sizeOf(
    references[0],
    settings.clustering.scale,
    Math.min(mostPixels, mostPixelsTogether / references.length),
    fewestPixels,
  );
  const seen = references.map(picture => features(resized(toLab(workingPicture(picture)), size)));
  const scaling = scalingOf(seen);
  const inputs = seen.map(planes => withMargin(scaled(planes, scaling), margin));
  const weights = yield* trainTogether(inputs, settings, referenceIterations, backend, signals);
  return new Model(weights, scaling, size, settings, backend);
}

class Model implements ReferenceModel {
  readonly labels: number;
  private labeller: { readonly size: Size; readonly opened: Labeller } | undefined;

  constructor(
    private readonly weights: Weights,
    private readonly scaling: Scaling,
    private readonly size: Size,
    private readonly settings: Settings,
    private readonly backend: Backend,
  ) {
    this.labels = settings.clustering.channels;
  }

  /** Superpixels take the label of their mean response, so that borders are the picture's. */
  async segment(picture: Picture, classOf?: Uint8Array): Promise<ClassRegions> {
    const work = workingPicture(picture);
    const lab = toLab(work);
    const superpixels = slic(lab, { count: this.settings.clustering.superpixels, compactness: 10, iterations: 5 });
    const response = await this.respond(
      scaled(features(resized(lab, sizeOf(lab, 1, this.size.width * this.size.height, fewestPixels))), this.scaling),
    );
    const sums = Array.from({ length: this.labels }, () => new Float64Array(superpixels.count));
    const pooling = new Pooling(superpixels, response);
    sums.forEach((of, c) => {
      pooling.sums(plane(response, c), (region, sum) => {
        of[region] = sum;
      });
    });
    const classes = Uint8Array.from({ length: superpixels.count }, (_, region) => {
      const label = sums.reduce((best, of, c) => (of[region] > sums[best][region] ? c : best), 0);
      return classOf ? classOf[label] : label;
    });
    const found = classRegions(
      Uint8Array.from(superpixels.ids, id => classes[id]),
      lab,
      Math.floor(lab.width * lab.height * speck),
    );
    return { ...found, regions: await toFullSize(found.regions, work, picture, new AbortController().signal) };
  }

  async dispose(): Promise<void> {
    await this.labeller?.opened.dispose();
    this.labeller = undefined;
  }

  /** The session of the last picture's size is kept: pictures of a series mostly have one. */
  private async respond(seen: Planes): Promise<Planes> {
    const input = withMargin(seen, margin);
    if (this.labeller?.size.width !== input.width || this.labeller.size.height !== input.height) {
      await this.dispose();
      this.labeller = { size: input, opened: await openLabeller(this.weights, input, this.backend) };
    }
    return withoutMargin(toPlanes(await this.labeller.opened.respond(input)), margin);
  }
}
