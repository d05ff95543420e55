import type { TensorValue } from '../../graph/core/operation';
import type { TargetSize } from '../../image/loadImage';
import { ignoreLabel } from '../layouts/classList';
import type { PictureDraw } from './augmentation';
import type { PictureCollection } from './pictureCollection';

/**
 * Rare-class sampling (DAFormer, Hoyer et al., CVPR 2022, section 3.3): first a class is drawn, a rare one sooner than
 * a common one, then one of the pictures that hold it.
 */

/** The most pictures whose labels are read, and that are then drawn: an hour's training shows a few thousand. */
const mostPictures = 5000;
/** The number of pictures read at a time, which bounds memory and the wait for a stop. */
const readAtOnce = 16;

/** The number of pixels of each class that a picture holds, without those that have no class. */
export interface PictureClasses {
  readonly index: number;
  readonly pixels: ReadonlyMap<number, number>;
}

/**
 * Counts the pixels of classes in labelled pictures, in 5,000 at most, spread evenly over all. Pictures that cannot be
 * read are left out.
 * @param size the size at which labels are counted
 * @throws Error when too many files are bad; AbortError once `signal` is aborted
 */
export async function readPictureClasses(
  collection: PictureCollection,
  size: TargetSize,
  signal?: AbortSignal,
): Promise<PictureClasses[]> {
  const indices = collection.spread(mostPictures);
  const found: PictureClasses[] = [];
  for (let from = 0; from < indices.length; from += readAtOnce) {
    signal?.throwIfAborted();
    const read = indices.slice(from, from + readAtOnce).map(async index => {
      const labels = (await collection.picture(index, size))?.labels;
      return labels ? [{ index, pixels: countPixels(labels.data) }] : [];
    });
    found.push(...(await Promise.all(read)).flat());
  }
  return found;
}

function countPixels(labels: TensorValue['data']): Map<number, number> {
  const counts = new Uint32Array(ignoreLabel + 1);
  for (const label of labels) counts[label]!++;
  return new Map([...counts.entries()].filter(([label, count]) => label !== ignoreLabel && count > 0));
}

/** Returns a draw of pictures that favours those with rare classes; an even one where no pixel has a class. */
export function drawRareClasses(pictures: readonly PictureClasses[], temperature: number): PictureDraw {
  const totals = new Map<number, number>();
  for (const { pixels } of pictures)
    for (const [label, count] of pixels) totals.set(label, (totals.get(label) ?? 0) + count);
  const classes = [...totals.keys()].sort((a, b) => a - b);
  const all = [...totals.values()].reduce((sum, count) => sum + count, 0);
  const probabilities = rareClassProbabilities(
    classes.map(label => totals.get(label)! / all),
    temperature,
  );
  const holders = classes.map(label => pictures.filter(({ pixels }) => pixels.has(label)));
  return next => {
    let rest = next();
    const drawn = probabilities.findIndex(probability => (rest -= probability) < 0);
    const among = holders.at(drawn) ?? pictures; // the last class where rounding leaves a rest
    return among[Math.floor(next() * among.length)]!.index;
  };
}

/**
 * Computes the probability of each class from the shares of pixels that classes have: in proportion to
 * exp((1 − share) / temperature).
 */
export function rareClassProbabilities(shares: readonly number[], temperature: number): number[] {
  const rarest = Math.min(...shares);
  const weights = shares.map(share => Math.exp((rarest - share) / temperature));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map(weight => weight / sum);
}
