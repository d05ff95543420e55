import type { Settings } from '../../../../protocol/settings';
import { PretrainedFeatures } from '../adaptation/networks/pretrainedFeatures';
import type { Backend } from '../backend/session';
import { labelledRegions } from '../clustering/reference/labelledRegions';
import { applyScaling, channelScaling, type ChannelScaling } from '../clustering/reference/referenceInputs';
import type { ReferenceModel } from '../clustering/reference/referenceModel';
import type { StopSignals } from '../common/methodRun';
import { seededRandom } from '../common/random';
import { learnCodewords } from '../cues/codewords';
import type { Picture } from '../image/picture';
import { toLab } from '../pixels/lab';
import { emptyPlanes, plane, stackChannels, type Planes } from '../pixels/planes';
import { resized } from '../pixels/resize';
import { workingPicture } from '../superpixels/fullSize';

/** The most labels: on streets more found classes worse. */
const mostLabels = 16;
/** The most places that clusters are found among, about, and the rounds of k-means. */
const [mostPlaces, rounds] = [4000, 20];

/**
 * Finds what several pictures have in common by the features of the pretrained encoder: a label is a cluster of places
 * that look alike to it.
 * @throws Error that says why the encoder's file cannot be used; AbortError once `signals.cancel` is aborted
 */
export async function clusterFeatures(
  references: readonly Picture[],
  settings: Settings,
  backend: Backend,
  { cancel }: StopSignals,
  onPicture: (done: number) => void,
): Promise<ReferenceModel> {
  const features = new PretrainedFeatures(backend);
  try {
    const seen: Planes[] = [];
    let scaling: ChannelScaling = { means: new Float64Array(), deviations: new Float64Array() };
    for (const picture of references) {
      cancel.throwIfAborted();
      const levels = await features.of(workingPicture(picture));
      seen.push(onOneGrid(levels));
      onPicture(seen.length);
      if (seen.length === references.length) scaling = alikeByLevel(channelScaling(seen), levels);
    }
    const { channels } = seen[0]!;
    const samples = placesOf(seen.map(planes => applyScaling(planes, scaling)));
    const labels = Math.min(mostLabels, settings.clustering.channels, samples.length / channels);
    const centres = learnCodewords(samples, { channels, count: labels, rounds }, seededRandom(settings.seed));
    return {
      labels,
      segment: async (picture, classOf) => {
        const work = workingPicture(picture);
        const response = nearness(applyScaling(onOneGrid(await features.of(work)), scaling), centres);
        return labelledRegions({ picture, work, lab: toLab(work) }, response, settings.clustering.superpixels, classOf);
      },
      dispose: () => features.dispose(),
    };
  } catch (error) {
    await features.dispose();
    throw error;
  }
}

/** Brings the levels of a picture to half the size of the finest, one behind the other. */
function onOneGrid(levels: readonly Planes[]): Planes {
  const [finest] = levels as readonly [Planes];
  const half = (length: number) => Math.ceil(length / 2);
  const grid = { width: half(finest.width), height: half(finest.height) };
  return stackChannels(levels.map(level => resized(level, grid)));
}

/** A scaling by which each level counts alike, however many channels it has. */
function alikeByLevel({ means, deviations }: ChannelScaling, levels: readonly Planes[]): ChannelScaling {
  const counts = levels.flatMap(({ channels }) => Array.from({ length: channels }, () => channels));
  return { means, deviations: deviations.map((deviation, c) => deviation * Math.sqrt(counts[c]!)) };
}

/** The features of places that are evenly spread over the pictures, channel after channel of each. */
function placesOf(pictures: readonly Planes[]): Float32Array {
  const { channels } = pictures[0]!;
  const all = pictures.reduce((sum, { width, height }) => sum + width * height, 0);
  const step = Math.max(Math.floor(all / mostPlaces), 1);
  const values = new Float32Array(Math.ceil(all / step) * channels);
  let [next, at] = [0, 0];
  for (const { width, height, data } of pictures) {
    const size = width * height;
    for (; next < size; next += step) for (let c = 0; c < channels; c++) values[at++] = data[c * size + next]!;
    next -= size;
  }
  return values;
}

/**
 * How near each place is to each centre: the squared distance, less what it has in common for all centres. So it is
 * linear in the features, and the mean over an area is that of the mean features.
 */
function nearness(features: Planes, centres: Float32Array): Planes {
  const { channels, width, height } = features;
  const count = centres.length / channels;
  const out = emptyPlanes(width, height, count);
  for (let k = 0; k < count; k++) {
    const target = plane(out, k);
    const centre = centres.subarray(k * channels, (k + 1) * channels);
    target.fill(-centre.reduce((sum, value) => sum + value * value, 0));
    for (let c = 0; c < channels; c++) {
      const values = plane(features, c);
      for (let p = 0; p < target.length; p++) target[p]! += 2 * centre[c]! * values[p]!;
    }
  }
  return out;
}
