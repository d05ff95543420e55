import type { RegionMap } from '../../../../../mask/regions/regionMap';
import { noClass, scribbleMap } from '../../../../../mask/document/scribbles';
import type { MethodProgress } from '../../common/methodRun';
import { colourHierarchy } from '../../merging/colourHierarchy';
import { toLab } from '../../pixels/lab';
import { majorityBySuperpixel } from '../../superpixels/fullSize';
import { initialWeights } from '../labelNetwork';
import { seededRandom } from '../../common/random';
import { scribbleProgram, scribbleWeight, toTensor, unscribbled } from '../trainingPrograms';
import { scribblesAtSize, type Scribbles } from '../../image/scribbleImage';
import { slic } from '../../superpixels/slic';
import { type Method, train } from '../trainingSteps';
import type { Size } from '../../image/picture';
import { reducedInput } from '../networkInput';

const blocks = 2;
/** Channels beyond the strokes' classes, for whatever has no stroke. */
const spareChannels = 8;
/** Iterations in comparison with the fast default's. */
const iterationFactor = 4;
/** Training ends when a step changes the labels of less than this share of the pixels. */
const settled = 0.001;

/**
 * Segmentation by scribbles (Kim et al., TIP 2020, section III-D) on the reduced picture of the fast default. The
 * network learns the strokes' classes, and each superpixel takes the class that most of its pixels get, or that of the
 * stroke in it. Superpixels of no class are left to the hierarchy of colour.
 * @param from the size of the picture that the scribbles are drawn on
 */
export function scribbleMethod(scribbles: Scribbles, from: Size): Method {
  const { classes } = scribbles;
  const drawnAt = (size: Size) =>
    'strokes' in scribbles ? scribbleMap(scribbles.strokes, from, size) : scribblesAtSize(scribbles, size);
  return async function* (picture, settings, openBackend, signals) {
    const { superpixels, scale, learningRate } = settings.clustering;
    const iterations = iterationFactor * settings.clustering.iterations;
    const channels = Math.max(settings.clustering.channels, classes + spareChannels);
    const lab = toLab(picture);
    const regions = slic(lab, { count: superpixels, compactness: 10, iterations: 5 });
    let progress: MethodProgress = {
      regions,
      hierarchy: colourHierarchy(regions, lab),
      iteration: 0,
      iterations,
      labels: 0,
      loss: null,
    };
    yield progress;
    signals.cancel.throwIfAborted();

    const x = reducedInput(lab, scale);
    const initial = initialWeights({ inputs: x.channels, channels, blocks }, seededRandom(settings.seed));
    const { similarityWeight, continuityWeight } = settings.continuity;
    const session = await (
      await openBackend()
    ).createSession(
      scribbleProgram({
        inputs: x.channels,
        width: x.width,
        height: x.height,
        channels,
        blocks,
        learningRate,
        initial,
        similarityWeight,
        continuityWeight,
        scribbleWeight,
      }),
    );
    try {
      const drawn = Int32Array.from(drawnAt(x), value => (value === noClass ? unscribbled : value));
      const feeds = { picture: toTensor(x), scribbles: { shape: [1, 1, x.height, x.width], data: drawn } };
      let labels: Int32Array = drawn;
      for await (const step of train(
        session,
        feeds,
        { iterations, minimumLabels: 1, settled, fetch: () => [] },
        signals,
      )) {
        labels = new Int32Array(step.labels);
        progress = { ...progress, iteration: step.iteration, loss: step.loss, labels: step.used };
        yield progress;
      }
      return {
        regions,
        hierarchy: progress.hierarchy,
        iterations: progress.iteration,
        stopped: signals.stop.aborted,
        scribbleClasses: superpixelClasses(
          regions,
          majorityBySuperpixel(labels, x, regions),
          drawnAt(regions),
          classes,
        ),
      };
    } finally {
      await session.dispose();
    }
  };
}

/**
 * The class of each superpixel: that of the stroke with the most pixels in it, else its label where that is a class.
 * @param labels by pixel, one label a superpixel
 * @param drawn class of the stroke by pixel, or `noClass`
 */
export function superpixelClasses(
  { count, ids }: RegionMap,
  labels: Int32Array,
  drawn: Uint8Array,
  classes: number,
): Uint8Array {
  const found = new Uint8Array(count).fill(noClass);
  const votes = new Uint32Array(count * classes);
  for (let p = 0; p < ids.length; p++) {
    if (labels[p] >= 0 && labels[p] < classes) found[ids[p]] = labels[p];
    if (drawn[p] !== noClass) votes[ids[p] * classes + drawn[p]]++;
  }
  for (let region = 0; region < count; region++) {
    let most = 0;
    for (let number = 0; number < classes; number++) {
      if (votes[region * classes + number] <= most) continue;
      most = votes[region * classes + number];
      found[region] = number;
    }
  }
  return found;
}
