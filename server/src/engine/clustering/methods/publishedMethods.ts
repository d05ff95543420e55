import type { RegionMap } from '../../../../../mask/regions/regionMap';
import type { Settings } from '../../../../../protocol/settings';
import type { Program } from '../../graph';
import type { Picture, Size } from '../../image/picture';
import type { MethodProgress } from '../../common/methodRun';
import { colourHierarchy } from '../../merging/colourHierarchy';
import { connectedRegions } from '../../pixels/connectedRegions';
import { toLab } from '../../pixels/lab';
import { emptyPlanes, type Planes } from '../../pixels/planes';
import { seededRandom } from '../../common/random';
import { reducePicture } from '../../pixels/resize';
import { slic } from '../../superpixels/slic';
import { majorityBySuperpixel } from '../../superpixels/fullSize';
import { sizeWithin } from '../trainingMemory';
import { initialWeights } from '../labelNetwork';
import { type Method, PreviewClock, train } from '../trainingSteps';
import { continuityProgram, superpixelProgram, toTensor, type TrainingPlan } from '../trainingPrograms';
import type { TensorValue } from '../../graph/core/operation';

/** Makes one paper's training step, and what is fed to it beside the picture. */
export type MakeStep = (
  plan: TrainingPlan,
  lab: Planes,
  settings: Settings,
) => { program: Program; feeds: Readonly<Record<string, TensorValue>> };

/** The picture as three planes in 0 … 1, as both published programs feed it. */
function networkInput({ width, height, rgb }: Picture): Planes {
  const planes = emptyPlanes(width, height, 3);
  for (let p = 0; p < width * height; p++)
    for (let c = 0; c < 3; c++) planes.data[c * width * height + p] = rgb[p * 3 + c] / 255;
  return planes;
}

/**
 * The connected regions of a label map. Pieces below 8 pixels join a neighbour; in a large picture those below a
 * 20,000th of it, in a tiny one those below a 400th.
 */
function regionsOf(labels: Int32Array, { width, height }: Size): RegionMap {
  const pixels = width * height;
  return connectedRegions(
    labels,
    width,
    height,
    Math.max(Math.floor(pixels / 20000), Math.min(8, Math.floor(pixels / 400))),
  );
}

/**
 * Brings labels that were trained at a smaller size to the picture's own: each small superpixel takes the label that
 * most of it has.
 */
function fullSizeLabels(labels: Int32Array, trained: Size, lab: Planes): Int32Array {
  if (trained.width === lab.width && trained.height === lab.height) return labels;
  return majorityBySuperpixel(labels, trained, slic(lab, { count: 10000, compactness: 20, iterations: 5 }));
}

/**
 * Runs a published method. The connected regions of its final label map are the base regions; merges by colour have
 * levels of at most 0.5, so that the default granularity and all above show exactly the method's own regions, and lower
 * ones join them.
 */
export function publishedMethod(name: 'superpixel' | 'continuity', makeStep: MakeStep): Method {
  return async function* (picture, settings, openBackend, signals) {
    const { channels, blocks, iterations, minimumLabels, learningRate } = settings[name];
    const lab = toLab(picture);
    const first = slic(lab, { count: 600, compactness: 10, iterations: 5 });
    let progress: MethodProgress = {
      regions: first,
      hierarchy: colourHierarchy(first, lab),
      iteration: 0,
      iterations,
      labels: 0,
      loss: null,
    };
    yield progress;
    signals.cancel.throwIfAborted();
    if (signals.stop.aborted) return { ...progress, iterations: 0, stopped: true };

    const size = sizeWithin(settings.limits.memory, {
      width: picture.width,
      height: picture.height,
      channels,
      blocks,
      continuity: name === 'continuity',
    });
    const smaller = size.width < picture.width || size.height < picture.height;
    const seen = smaller ? reducePicture(picture, size.width, size.height) : picture;
    const seenLab = smaller ? toLab(seen) : lab;
    const initial = initialWeights({ inputs: 3, channels, blocks }, seededRandom(settings.seed));
    const { program, feeds } = makeStep(
      { inputs: 3, ...size, channels, blocks, learningRate, initial },
      seenLab,
      settings,
    );
    const session = await (await openBackend()).createSession(program);
    try {
      const clock = new PreviewClock();
      let labels = new Int32Array();
      const steps = train(
        session,
        { ...feeds, picture: toTensor(networkInput(seen)) },
        { iterations, minimumLabels, fetch: () => [] },
        signals,
      );
      for await (const step of steps) {
        labels = new Int32Array(step.labels);
        progress = { ...progress, iteration: step.iteration, loss: step.loss, labels: step.used };
        if (clock.due()) {
          progress = clock.time(() => {
            const regions = regionsOf(labels, size);
            return { ...progress, regions, hierarchy: colourHierarchy(regions, seenLab, 0.5) };
          });
        }
        yield progress;
      }
      const result = { iterations: progress.iteration, stopped: signals.stop.aborted };
      if (progress.iteration === 0) return { ...result, regions: first, hierarchy: progress.hierarchy };
      const regions = regionsOf(fullSizeLabels(labels, size, lab), picture);
      const reduced = {
        ...size,
        reason:
          `training at ${picture.width} × ${picture.height} needs more ` +
          `than labelless.limits.memory allows (${settings.limits.memory} MB)`,
      };
      return { ...result, regions, hierarchy: colourHierarchy(regions, lab, 0.5), ...(smaller && { reduced }) };
    } finally {
      await session.dispose();
    }
  };
}

/**
 * Kim, Kanezaki and Tanaka, *Unsupervised Learning of Image Segmentation Based on Differentiable Feature Clustering*,
 * TIP 2020.
 */
export const continuityMethod = publishedMethod(
  'continuity',
  (plan, _, { continuity: { similarityWeight, continuityWeight } }) => ({
    program: continuityProgram({ ...plan, similarityWeight, continuityWeight }),
    feeds: {},
  }),
);

/** Kanezaki, *Unsupervised Image Segmentation by Backpropagation*, ICASSP 2018. */
export const superpixelMethod = publishedMethod(
  'superpixel',
  (plan, lab, { superpixel: { superpixels, compactness } }) => {
    const { count, ids } = slic(lab, { count: superpixels, compactness, iterations: 10 });
    return {
      program: superpixelProgram({ ...plan, superpixels: count }),
      feeds: { superpixels: { shape: [ids.length], data: Int32Array.from(ids) } },
    };
  },
);
