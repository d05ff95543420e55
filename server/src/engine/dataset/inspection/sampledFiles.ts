import { setImmediate } from 'node:timers/promises';
import { ImageError } from '../../image/imageError';
import { readImageHeader } from '../../image/imageHeader';
import { reasonOf } from '../../../../../mask/errors';
import type { LayoutName } from '../../experiment/experimentSchema';
import { layouts } from '../layouts';
import type { ClassList } from '../layouts/classList';
import { dataLimits } from '../layouts/dataLimits';
import type { LabelledImage } from '../layouts/layout';
import { checkLabelSize } from '../streaming/itemLoading';
import { mostBad } from '../streaming/pictureCollection';
import type { SampledClasses } from './classCoverage';
import { listNames, type DataFinding } from './dataFinding';
import { SampledLabels } from './sampledLabels';

/** Largest number of files of a part that are sampled, and the longest time that this takes, ms. */
const [mostFiles, longest] = [48, 1500];

/** Yields items spread evenly over all, until the time is up: at least one, and the same ones every time. */
async function* sampleEvenly<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<T> {
  const start = performance.now();
  const count = Math.min(items.length, mostFiles);
  for (let n = 0; n < count && (n === 0 || performance.now() - start < longest); n++) {
    signal.throwIfAborted();
    await setImmediate(); // gives other work a turn
    yield items[Math.floor((n * items.length) / count)]!;
  }
}

/** Finds the images of a sample whose headers cannot be read. */
export async function sampleImages(
  files: readonly string[],
  at: string[],
  signal: AbortSignal,
): Promise<DataFinding[]> {
  const bad: ImageError[] = [];
  let sampled = 0;
  for await (const file of sampleEvenly(files, signal)) {
    sampled++;
    await readImageHeader(file, dataLimits).catch((error: unknown) => {
      bad.push(imageError(error, file));
    });
  }
  const sample = { sampled, all: files.length, bad: bad.length };
  return badFilesFinding(bad, 'unreadable-file', 'cannot be used', sample, at);
}

/**
 * Finds the images and labels of a sample that cannot be read, differ in size, or hold what is in no class; and the
 * classes that they hold.
 */
export async function samplePairs(
  pairs: readonly LabelledImage[],
  layout: LayoutName,
  classes: ClassList,
  key: (name: 'images' | 'labels') => string[],
  signal: AbortSignal,
): Promise<{ findings: DataFinding[]; seen: SampledClasses }> {
  const bad: Record<'image' | 'label' | 'size', ImageError[]> = { image: [], label: [], size: [] };
  const labels = new SampledLabels(classes, layout);
  let sampled = 0;
  for await (const { image, label } of sampleEvenly(pairs, signal)) {
    sampled++;
    const info = await readImageHeader(image, dataLimits).catch((error: unknown) => {
      bad.image.push(imageError(error, image));
    });
    const map = await layouts[layout].decode({ image, label }, classes, dataLimits).catch((error: unknown) => {
      bad.label.push(imageError(error, label.file));
    });
    if (map) labels.add(label.part === undefined ? label.file : image, map);
    if (map && info) {
      try {
        checkLabelSize(label.file, map, info);
      } catch (error) {
        bad.size.push(imageError(error, label.file));
      }
    }
  }
  const sample = {
    sampled,
    all: pairs.length,
    bad: new Set([...bad.image, ...bad.label, ...bad.size].map(({ file }) => file)).size,
  };
  const text = describeSample(sample);
  return {
    findings: [
      ...badFilesFinding(bad.image, 'unreadable-file', 'cannot be used', sample, key('images')),
      ...badFilesFinding(bad.label, 'unreadable-file', 'cannot be used', sample, key('labels')),
      ...badFilesFinding(bad.size, 'size-mismatch', 'do not fit their image', sample, key('labels')),
      ...labels.findings(text, key('labels')),
    ],
    seen: { classes: labels.seenClasses(), sample: text, isComplete: sampled === pairs.length },
  };
}

function imageError(error: unknown, file: string): ImageError {
  return error instanceof ImageError ? error : new ImageError(file, reasonOf(error));
}

/** How many files were looked at, of how many, and how many of them cannot be used. */
interface Sample {
  readonly sampled: number;
  readonly all: number;
  readonly bad: number;
}

/** The finding of files that are left out: an error where they are so many that training stops. */
function badFilesFinding(
  bad: readonly ImageError[],
  code: string,
  what: string,
  sample: Sample,
  at: string[],
): DataFinding[] {
  const [first] = bad;
  if (!first) return [];
  const reasons = listNames(bad.map(({ message }) => message));
  const message = `${bad.length} of ${describeSample(sample)} ${what}: ${reasons}.`;
  return [
    { path: at, severity: sample.bad > mostBad * sample.all ? 'error' : 'warning', code, message, file: first.file },
  ];
}

function describeSample({ sampled, all }: Pick<Sample, 'sampled' | 'all'>): string {
  const files = sampled === 1 ? '1 file' : `${sampled} files`;
  return sampled < all ? `${files} looked at (there are ${all})` : files;
}
