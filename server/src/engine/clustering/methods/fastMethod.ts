import type { Settings } from '../../../../../protocol/settings';
import type { Backend, Session } from '../../backend/session';
import type { MethodProgress } from '../../common/methodRun';
import { pictureCues } from '../../cues/pictureCues';
import { reducedInput } from '../networkInput';
import { toLab } from '../../pixels/lab';
import { cueHierarchy, learnedHierarchy, voteByCues } from '../../merging/learnedHierarchy';
import { initialWeights } from '../labelNetwork';
import { emptyPlanes, type Planes } from '../../pixels/planes';
import { RegionPooling } from '../../superpixels/regionSums';
import { type Method, PreviewClock, train } from '../trainingSteps';
import { continuityProgram, toPlanes, toTensor } from '../trainingPrograms';
import { seededRandom } from '../../common/random';
import { slic } from '../../superpixels/slic';

/** Compactness of the superpixels. */
const compactness = 10;
const blocks = 2;
const minimumLabels = 3;
/** Training ends when a step changes the labels of less than this share of the pixels. */
const settled = 0.005;

async function openSession(
  x: Planes,
  { clustering, seed }: Settings,
  openBackend: () => Promise<Backend>,
): Promise<Session> {
  const { channels, learningRate } = clustering;
  const { width, height } = x;
  const initial = initialWeights({ inputs: x.channels, channels, blocks }, seededRandom(seed));
  const program = continuityProgram({
    inputs: x.channels,
    width,
    height,
    channels,
    blocks,
    learningRate,
    initial,
    similarityWeight: 1,
    continuityWeight: 1,
  });
  return (await openBackend()).createSession(program);
}

/**
 * The fast default: a small network at a reduced size, trained for a few iterations on similarity and continuity (Kim
 * et al., TIP 2020), whose labels weigh the merges of superpixels, beside colour and texture, instead of being the
 * answer themselves.
 */
export const clusteringMethod: Method = async function* (picture, settings, openBackend, signals) {
  const { iterations, superpixels, scale, channels } = settings.clustering;
  const lab = toLab(picture);
  const regions = slic(lab, { count: superpixels, compactness, iterations: 5 });
  const before = voteByCues(pictureCues(regions, lab));
  let progress: MethodProgress = {
    regions,
    hierarchy: cueHierarchy(before),
    iteration: 0,
    iterations,
    labels: 0,
    loss: null,
  };
  const result = (stopped: boolean) => ({
    regions,
    hierarchy: progress.hierarchy,
    iterations: progress.iteration,
    stopped,
  });
  yield progress;
  signals.cancel.throwIfAborted();
  if (regions.count === 1 || signals.stop.aborted) return result(signals.stop.aborted);

  const x = reducedInput(lab, scale);
  const session = await openSession(x, settings, openBackend);
  try {
    const pooling = new RegionPooling(regions, x);
    const clock = new PreviewClock();
    let response = emptyPlanes(x.width, x.height, channels);
    const steps = train(
      session,
      { picture: toTensor(x) },
      { iterations, minimumLabels, settled, fetch: () => ['response'] },
      signals,
    );
    for await (const { iteration, loss, used, outputs } of steps) {
      response = toPlanes(outputs.response);
      progress = { ...progress, iteration, loss, labels: used };
      if (clock.due())
        progress = clock.time(() => ({ ...progress, hierarchy: learnedHierarchy(before, response, pooling) }));
      yield progress;
    }
    if (progress.iteration === 0) return result(true);
    progress = { ...progress, hierarchy: learnedHierarchy(before, response, pooling) };
    return result(signals.stop.aborted);
  } finally {
    await session.dispose();
  }
};
