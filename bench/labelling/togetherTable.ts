import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import { loadImage } from '../../server/src/engine/image/loadImage';
import type { ClassScores } from '../../server/src/engine/metrics/confusion';
import { mean } from '../quality/bestScores';
import { spread } from './chosenImages';
import type { LabelledPhotos } from './labelledPairs';
import { matchedScores } from './matchedScores';
import { measuredSize, truthOf } from './proposalScores';
import { coloursTogether, segmentTogether, type TogetherLabels } from './togetherLabels';

/** A way of labelling, and what it reached with each seed. */
interface TogetherRow {
  readonly name: string;
  readonly results: { readonly scores: ClassScores; readonly count: number; readonly seconds: number }[];
}

/**
 * Measures labels that come without any class, on photos spread over those that are reported, beside k-means on
 * colours with as many clusters as there are classes, and as *Segment Together* found labels.
 */
export async function togetherTable(
  { classes, reported }: LabelledPhotos,
  { photos, seeds, threads }: { readonly photos: number; readonly seeds: readonly number[]; readonly threads: number },
): Promise<string> {
  const items = spread(reported, photos);
  const files = items.map(({ image }) => image);
  const truths = await Promise.all(items.map(item => truthOf(item, classes)));
  const pictures = await Promise.all(
    files.map(async file => (await loadImage(file, dataLimits, { size: measuredSize })).picture),
  );
  const { length } = classes.definitions;
  const [together, pretrained, asMany, asClasses] = [
    'Segment Together, colours',
    'Segment Together, pretrained',
    'k-means on colours, as many clusters',
    'k-means on colours, a cluster a class',
  ].map((name): TogetherRow => ({ name, results: [] })) as [TogetherRow, TogetherRow, TogetherRow, TogetherRow];
  const add = async ({ results }: TogetherRow, label: () => TogetherLabels | Promise<TogetherLabels>) => {
    const started = performance.now();
    const { labels, count } = await label();
    const seconds = (performance.now() - started) / 1000;
    results.push({ scores: matchedScores(truths, labels, length), count, seconds });
    return count;
  };
  for (const seed of seeds) {
    const count = await add(together, () => segmentTogether(files, 'colours', { seed, threads }));
    await add(pretrained, () => segmentTogether(files, 'pretrained', { seed, threads }));
    await add(asMany, () => coloursTogether(pictures, count, seed));
    await add(asClasses, () => coloursTogether(pictures, length, seed));
  }
  const rows = [together, pretrained, asMany, asClasses].map(({ name, results }) => {
    const scores = results.map(({ scores: { mIoU } }) => mIoU);
    const range = [Math.min(...scores), Math.max(...scores)].map(score => score.toFixed(3)).join(' … ');
    const accuracy = mean(results.map(({ scores: { pixelAccuracy } }) => pixelAccuracy)).toFixed(3);
    const counts = results.map(({ count }) => count).join(', ');
    const seconds = mean(results.map(result => result.seconds)).toFixed(0);
    return `| ${[name, mean(scores).toFixed(3), range, accuracy, counts, seconds].join(' | ')} |`;
  });
  const head =
    '| | mIoU | least … greatest | pixels right | labels | seconds |\n| --- | ---: | ---: | ---: | ---: | ---: |';
  return [head, ...rows].join('\n');
}
