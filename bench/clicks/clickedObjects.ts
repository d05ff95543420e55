import { readTruthLabels } from '../../server/src/engine/dataset/evaluationFiles';
import type { PhotoFiles } from '../quality/photos';
import type { Bits } from './simulatedPerson';

/** The least share of a photo that a segment covers for which it counts as an object, and the greatest one. */
const leastShare = 0.02,
  greatestShare = 0.5;
/** The most objects of a photo: those that are largest. */
const mostObjects = 3;

/**
 * The objects of a photo to be clicked. Where each truth is black and white, that is the one that most annotators drew;
 * else they are the largest segments of the first annotator.
 */
export async function objectsOf({ truths }: PhotoFiles): Promise<Bits[]> {
  const maps = (await Promise.all(truths.map(readTruthLabels))).map(({ labels }) => labels);
  if (maps.every(labels => labels.every(value => value === 0 || value === 255))) return [majority(maps)];
  const labels = maps[0]!;
  const areas = new Map<number, number>();
  for (const value of labels) areas.set(value, (areas.get(value) ?? 0) + 1);
  return [...areas]
    .filter(([, area]) => area >= leastShare * labels.length && area <= greatestShare * labels.length)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, mostObjects)
    .map(([value]) => Uint8Array.from(labels, one => (one === value ? 1 : 0)));
}

function majority(maps: readonly Uint16Array[]): Bits {
  return Uint8Array.from(maps[0]!, (_, p) => {
    const votes = maps.reduce((sum, labels) => sum + (labels[p] === 0 ? 0 : 1), 0);
    return 2 * votes > maps.length ? 1 : 0;
  });
}
