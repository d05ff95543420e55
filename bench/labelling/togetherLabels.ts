import { defaultSettings, type Settings } from '../../protocol/settings';
import { classesByRegion } from '../../server/src/engine/adaptation/prediction/predictedRegions';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import { seededRandom } from '../../server/src/engine/common/random';
import { quantise } from '../../server/src/engine/cues/codewords';
import { nearestLabels } from '../../server/src/engine/dataset/streaming/itemLoading';
import { loadImage } from '../../server/src/engine/image/loadImage';
import type { Picture } from '../../server/src/engine/image/picture';
import { toLab } from '../../server/src/engine/pixels/lab';
import { openReference } from '../../server/src/engine/segment/referenceImages';
import { measuredSize } from './proposalScores';

/** Labels that mean the same in all pictures, by picture and pixel, and how many there are. */
export interface TogetherLabels {
  readonly labels: readonly Uint8Array[];
  readonly count: number;
}

/** The labels of *Segment Together* on photos, without any mask beside them. */
export async function segmentTogether(
  files: readonly string[],
  features: Settings['together']['features'],
  { seed, threads }: { readonly seed: number; readonly threads: number },
): Promise<TogetherLabels> {
  const settings: Settings = {
    ...defaultSettings,
    seed,
    together: { features },
    limits: { ...defaultSettings.limits, threads },
  };
  const signals = { stop: new AbortController().signal, cancel: new AbortController().signal };
  const references = files.map(file => ({ file, masks: [] }));
  const reference = await openReference(references, settings, await openBackend('cpu', { threads }), signals);
  const labels: Uint8Array[] = [];
  for (const file of files) {
    const { segmentation } = await reference.segment(await loadImage(file, settings.limits), performance.now());
    const { regions, model } = segmentation;
    const classes = classesByRegion(regions, model!.regionClasses);
    labels.push(nearestLabels({ ...regions, classes }, measuredSize));
  }
  await reference.dispose();
  return { labels, count: reference.naming.classes.length };
}

/** The labels of k-means on the colours of all pictures, which are of one size, in CIE L*a*b*. */
export function coloursTogether(pictures: readonly Picture[], count: number, seed: number): TogetherLabels {
  const { width, height } = pictures[0]!;
  const pixels = width * height;
  const rgb = new Uint8Array(3 * pixels * pictures.length);
  pictures.forEach((picture, n) => {
    rgb.set(picture.rgb, 3 * pixels * n);
  });
  const { ids } = quantise(toLab({ width, height: height * pictures.length, rgb }), count, seededRandom(seed));
  return { labels: pictures.map((_, n) => ids.subarray(n * pixels, (n + 1) * pixels)), count };
}
