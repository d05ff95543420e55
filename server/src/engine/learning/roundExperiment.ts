import type { ClassEntry } from '../../../../mask/classes/classListSchema';
import type { NetworkName } from '../experiment/experimentSchema';
import { pretrainedTraining } from '../experiment/pretrainedTraining';
import type { Size } from '../image/picture';

/** From what a round learns. */
export interface RoundSource {
  /** The folder of the images, relative to the experiment file. */
  readonly root: string;
  /** The folder of the masks, where they are not beside the images. */
  readonly labels?: string;
  readonly classes: readonly ClassEntry[];
  /** The number of images with an approved mask, or with scribbles. */
  readonly labelled: number;
  /** The size of an image, whose proportions the training pictures have. */
  readonly size: Size;
  readonly network: NetworkName;
  /** The training steps, where they are not to be the usual number. */
  readonly steps?: number | undefined;
  /** The checkpoint of an earlier round of the same classes, relative to the experiment file. */
  readonly pretrained?: string;
}

/** The most pixels of a training picture; smaller images are not enlarged. */
const mostPixels = 240 * 180;
/** Training steps by the number of labelled images, up to which they are enough: see docs/labelling.md. */
const stepsByImages = [
  [4, 200],
  [8, 300],
  [Number.POSITIVE_INFINITY, 400],
] as const;
/**
 * The steps between checkpoints. The network of the first one proposes masks while training goes on: the user waits
 * about a minute for them on two cores.
 */
const checkpointEvery = 40;
/** The share of the steps that a round takes which begins with the network of the one before. */
const furtherSteps = 0.6;

/** Makes the experiment of a round, as its file holds it: settings at their default are left out. */
export function roundExperiment(source: RoundSource): object {
  const { root, labels, classes, labelled, size, network, pretrained } = source;
  return {
    source: { layout: 'labelless', root, masks: 'scribbled', ...(labels !== undefined && { labels }), holdOut: 0 },
    classes: classes.map(({ id, name, colour }) => ({ name, values: [id], colour })),
    network: { name: network, ...(pretrained !== undefined && { pretrained }) },
    adaptation: { strategy: 'none' },
    training: {
      steps: source.steps ?? usualSteps(labelled, pretrained !== undefined),
      size: trainingSize(size),
      ...pretrainedTraining,
      augmentation: { brightness: 0.3, colour: 0.2 },
    },
    output: { previews: 0, checkpointEvery, keep: 2 },
  };
}

function usualSteps(labelled: number, isFurther: boolean): number {
  const [, steps] = stepsByImages.find(([images]) => labelled <= images)!;
  return isFurther ? Math.round(furtherSteps * steps) : steps;
}

/** The size of training pictures of an image's proportions, within 1:3 and 3:1; sides are multiples of 8. */
function trainingSize({ width, height }: Size): [number, number] {
  const ratio = Math.min(3, Math.max(1 / 3, width / height));
  const area = Math.min(mostPixels, width * height);
  const side = (length: number) => Math.max(32, 8 * Math.round(length / 8));
  return [side(Math.sqrt(area * ratio)), side(Math.sqrt(area / ratio))];
}
