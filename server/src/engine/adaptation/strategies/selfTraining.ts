import type { TensorValue } from '../../graph/core/operation';
import { seededRandom, type Random } from '../../common/random';
import type { Batch } from '../../dataset/streaming/experimentData';
import type { Experiment } from '../../experiment/experimentSchema';
import {
  type Node,
  type StateVariable,
  add,
  argMax,
  concat,
  crossEntropyMap,
  greater,
  input,
  lossWeights,
  max,
  mean,
  movingAverage,
  multiply,
  scalar,
  sliceAxis,
  softmax,
  subtract,
  toFloat,
  total,
  where,
} from '../../graph';
import { statisticsOf, updateRunningAverages } from '../networks/runningAverages';
import { NetworkWeights, teacherPrefix } from '../networks/networkWeights';
import { imageShape, sizeOf } from '../../graph/core/tensorShape';
import type { StrategyTerms, StrategyContext } from './strategy';
import { ignoreLabel } from '../../dataset/layouts/classList';

/** Names of the inputs that self-training adds to the batches; `mixingFeeds` makes their values. */
export const mixingInputs = {
  mask: 'mixMask',
  gain: 'mixGain',
  offset: 'mixOffset',
  seen: 'seenSquares',
} as const;

/**
 * DACS (Tranheden et al., WACV 2021): a teacher, the moving average of the network, labels the target; pixels of half
 * of a source picture's classes are pasted onto a target picture (ClassMix), labels likewise; the network learns from
 * the mixture. With masked photos (MIC, Hoyer et al., CVPR 2023) it also learns to label a target photo, of which it
 * sees a part, as the teacher labels the whole.
 */
export function selfTraining(step: StrategyContext): StrategyTerms {
  const { source, labels, target, strength, experiment } = step;
  const { adaptation, training } = experiment;
  const [batch, , height, width] = imageShape(source.shape);
  const mask = input(mixingInputs.mask, [batch, 1, height, width]);
  const gain = input(mixingInputs.gain, [batch, 3, 1, 1]);
  const offset = input(mixingInputs.offset, [batch, 3, 1, 1]);
  const teacher = new NetworkWeights(teacherPrefix, training.seed);
  const taught = step.applyNetwork(target, teacher, 'stored');
  const { pseudoLabels, confidentShare } = pseudoLabelsOf(taught.main, adaptation.pseudoLabelThreshold);
  const mixture = add(multiply(mixByMask(mask, source, target), gain), offset);
  const mixedLabels = where(greater(mask, 0.5), labels, pseudoLabels);
  const masked = maskedPhotos(target, adaptation);
  const { main, statistics } = step.applyNetwork(masked ? concat([mixture, masked], 0) : mixture);
  const mixing = weightedCrossEntropy(
    masked ? sliceAxis(main, 0, 0, batch) : main,
    mixedLabels,
    mixByMask(mask, scalar(1), confidentShare),
    step.classWeights,
  );
  const consistency =
    masked &&
    weightedCrossEntropy(
      sliceAxis(main, 0, batch),
      sliceAxis(pseudoLabels, 0, 0, masked.shape[0]),
      sliceAxis(confidentShare, 0, 0, masked.shape[0]),
      step.classWeights,
    );
  return {
    losses: { selfTraining: mixing, ...(consistency && { masked: consistency }) },
    objective: multiply(
      consistency ? meanOverPictures(mixing, batch, consistency, masked.shape[0]!) : mixing,
      strength,
    ),
    averages: updateRunningAverages(
      teacher.averaged,
      statisticsOf(adaptation.statistics, step.sourceOutputs.statistics, statistics),
    ),
    updates: network => updateTeacher(teacher, network, adaptation.teacherDecay),
  };
}

/** The mean of two losses, each the mean over so many pictures: a masked photo counts as much as a mixture. */
function meanOverPictures(first: Node, firstCount: number, second: Node, secondCount: number): Node {
  const share = secondCount / (firstCount + secondCount);
  return add(multiply(first, 1 - share), multiply(second, share));
}

/** The first target photos of a batch with squares left out, grey; undefined where there are to be none. */
function maskedPhotos(target: Node, { maskedPhotos: count }: Experiment['adaptation']): Node | undefined {
  const [batch, , height, width] = imageShape(target.shape);
  const photos = Math.min(count, batch);
  if (photos === 0) return undefined;
  return multiply(sliceAxis(target, 0, 0, photos), input(mixingInputs.seen, [photos, 1, height, width]));
}

/** Takes `first` where the mask is 1, `second` where it is 0. */
export function mixByMask(mask: Node, first: Node, second: Node): Node {
  return add(multiply(mask, first), multiply(subtract(1, mask), second));
}

/**
 * Computes the teacher's labels, int32 [N,1,H,W], and by picture the share of pixels where its confidence is above the
 * threshold, [N,1,1,1] (equation 4).
 */
export function pseudoLabelsOf(logits: Node, threshold: number): { pseudoLabels: Node; confidentShare: Node } {
  const confidence = max(softmax(logits), [1]);
  return { pseudoLabels: argMax(logits, 1), confidentShare: mean(toFloat(greater(confidence, threshold)), [1, 2, 3]) };
}

/**
 * Computes the mean over all pixels of the weighted cross-entropy (equation 3); ignored pixels add nothing. A pixel
 * also weighs as its class, where classes have weights.
 */
export function weightedCrossEntropy(logits: Node, labels: Node, pixelWeights: Node, classWeights?: Node): Node {
  const weights = lossWeights(labels, { ignoreLabel, pixelWeights, ...(classWeights && { classWeights }) })!;
  return multiply(total(multiply(crossEntropyMap(logits, labels), weights)), 1 / sizeOf(labels.shape));
}

/** Moves the teacher's weights towards the network's new ones, by the share that `decay` leaves. */
function updateTeacher(teacher: NetworkWeights, network: readonly StateVariable[], decay: number): StateVariable[] {
  return teacher.trained.map((weight, index) => movingAverage(weight, network[index]!.next, decay));
}

/**
 * How far a mixed picture's contrast and its channels' brightness vary, in units of the normalised picture (DACS,
 * section 4.1).
 */
const jitter = 0.25;

/**
 * Makes the values of self-training's inputs at a step, from 1. They depend on the seed, the step and the batch alone.
 */
export function mixingFeeds(
  { training: { seed, augmentation }, adaptation }: Experiment,
  step: number,
  { images, labels }: Batch,
): Record<string, TensorValue> {
  const next = seededRandom((seed ^ Math.imul(step, 0x9e3779b1)) >>> 0);
  const [batch, , height, width] = imageShape(images.shape);
  const area = height * width;
  const mask = new Float32Array(batch * area);
  for (let n = 0; n < batch; n++) {
    const picture = labels!.data.subarray(n * area, (n + 1) * area);
    const chosen = halfOfClasses(picture, next);
    picture.forEach((label, p) => {
      mask[n * area + p] = chosen.has(label) ? 1 : 0;
    });
  }
  const around = (centre: number) => (augmentation.enabled ? centre + (2 * next() - 1) * jitter : centre);
  const perChannel = (centre: number): TensorValue => {
    const data = Array.from({ length: batch }, () => around(centre)).flatMap(common =>
      [0, 1, 2].map(() => common + around(0) / 2),
    );
    return { shape: [batch, 3, 1, 1], data: Float32Array.from(data) };
  };
  return {
    [mixingInputs.mask]: { shape: [batch, 1, height, width], data: mask },
    [mixingInputs.gain]: perChannel(1),
    [mixingInputs.offset]: perChannel(0),
    ...seenSquares(adaptation, batch, height, width, next),
  };
}

/** Draws which squares of the masked photos are seen: 1 there, 0 elsewhere (MIC, section 3.2). */
function seenSquares(
  { maskedPhotos: wanted, maskRatio, maskSize }: Experiment['adaptation'],
  batch: number,
  height: number,
  width: number,
  next: Random,
): Record<string, TensorValue> {
  const count = Math.min(wanted, batch);
  if (count === 0) return {};
  const [rows, columns] = [Math.ceil(height / maskSize), Math.ceil(width / maskSize)];
  const data = new Float32Array(count * height * width);
  for (let n = 0; n < count; n++) {
    const seen = Array.from({ length: rows * columns }, () => next() >= maskRatio);
    for (let y = 0, p = n * height * width; y < height; y++) {
      const row = Math.floor(y / maskSize) * columns;
      for (let x = 0; x < width; x++) data[p++] = seen[row + Math.floor(x / maskSize)] ? 1 : 0;
    }
  }
  return { [mixingInputs.seen]: { shape: [count, 1, height, width], data } };
}

/** Chooses half, rounded up, of the classes in a label map (ClassMix, Olsson et al., WACV 2021, algorithm 1). */
function halfOfClasses(labels: Float32Array | Int32Array, next: Random): Set<number> {
  const present = [...new Set(labels)].filter(label => label !== ignoreLabel).sort((a, b) => a - b);
  const wanted = Math.ceil(present.length / 2);
  while (present.length > wanted) present.splice(Math.floor(next() * present.length), 1);
  return new Set(present);
}
