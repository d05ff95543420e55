import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ImageError } from '../../image/imageError';
import { readImageHeader } from '../../image/imageHeader';
import { ignoreLabel, type ClassList } from '../layouts/classList';
import type { DecodedLabels, Layout, LabelledImage } from '../layouts/layout';
import { checkLabelSize, dataLimits } from '../streaming/itemLoading';

/** Largest number of files of a part that are sampled, and the longest time that this takes, ms. */
const [mostFiles, longest] = [48, 1500];
/** Number of values outside the classes, the most frequent ones, that get a finding each. */
const mostValues = 5;

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
  return badFilesFinding(bad, 'unreadable-file', 'cannot be used', sampled, files.length, at);
}

/** Finds the images and labels of a sample that cannot be read, differ in size, or hold what is in no class. */
export async function samplePairs(
  pairs: readonly LabelledImage[],
  layout: Layout,
  classes: ClassList,
  key: (name: 'images' | 'labels') => string[],
  signal: AbortSignal,
): Promise<DataFinding[]> {
  const bad: Record<'image' | 'label' | 'size', ImageError[]> = { image: [], label: [], size: [] };
  const seen = new SampledLabels();
  let sampled = 0;
  for await (const { image, label } of sampleEvenly(pairs, signal)) {
    sampled++;
    const info = await readImageHeader(image, dataLimits).catch((error: unknown) => {
      bad.image.push(imageError(error, image));
    });
    const map = await decoded(layout, label, classes).catch((error: unknown) => {
      bad.label.push(imageError(error, label.file));
    });
    if (map) seen.add(label.file, map);
    if (map && info) {
      try {
        checkLabelSize(label.file, map, info);
      } catch (error) {
        bad.size.push(imageError(error, label.file));
      }
    }
  }
  return [
    ...badFilesFinding(bad.image, 'unreadable-file', 'cannot be used', sampled, pairs.length, key('images')),
    ...badFilesFinding(bad.label, 'unreadable-file', 'cannot be used', sampled, pairs.length, key('labels')),
    ...badFilesFinding(bad.size, 'size-mismatch', 'do not fit their image', sampled, pairs.length, key('labels')),
    ...seen.findings(sampled, pairs.length, key('labels')),
  ];
}

async function decoded(layout: Layout, label: LabelledImage['label'], classes: ClassList): Promise<DecodedLabels> {
  return layout.decode(label, classes, dataLimits);
}

function imageError(error: unknown, file: string): ImageError {
  return error instanceof ImageError ? error : new ImageError(file, (error as Error).message);
}

function badFilesFinding(
  bad: readonly ImageError[],
  code: string,
  what: string,
  sampled: number,
  all: number,
  at: string[],
): DataFinding[] {
  const [first] = bad;
  if (!first) return [];
  const reasons = listNames(bad.map(({ message }) => message));
  const message = `${bad.length} of ${describeSample(sampled, all)} ${what}: ${reasons}.`;
  return [{ path: at, severity: 'error', code, message, file: first.file }];
}

function describeSample(sampled: number, all: number): string {
  const files = sampled === 1 ? '1 file' : `${sampled} files`;
  return sampled < all ? `${files} looked at (there are ${all})` : files;
}

/** Collects what the labels of a sample hold that is in no class, and whether they hold any class at all. */
class SampledLabels {
  private readonly unknown = new Map<string, { file: string; files: number; pixels: number }>();
  private labelled = false;
  private maps = 0;

  add(file: string, { classes, unknown }: DecodedLabels): void {
    this.maps++;
    this.labelled ||= classes.some(index => index !== ignoreLabel);
    for (const [value, pixels] of unknown) {
      const before = this.unknown.get(value);
      this.unknown.set(
        value,
        before ? { ...before, files: before.files + 1, pixels: before.pixels + pixels } : { file, files: 1, pixels },
      );
    }
  }

  findings(sampled: number, all: number, at: string[]): DataFinding[] {
    const findings: DataFinding[] = [];
    if (this.maps > 0 && !this.labelled) {
      findings.push({
        path: at,
        severity: 'error',
        code: 'no-class',
        message: `No pixel of ${describeSample(sampled, all)} is of any of the classes: their label values are others.`,
      });
    }
    const byPixels = [...this.unknown].sort(([, a], [, b]) => b.pixels - a.pixels);
    for (const [value, { file, files, pixels }] of byPixels.slice(0, mostValues)) {
      const where = files === 1 ? path.basename(file) : `${path.basename(file)} and ${files - 1} more`;
      findings.push({
        path: at,
        severity: 'warning',
        code: 'value-outside-classes',
        file,
        label: value,
        message:
          `The label ${value} is in no class and does not count: ` +
          `${pixels} ${pixels === 1 ? 'pixel' : 'pixels'} in ${where}, of ${describeSample(sampled, all)}.`,
      });
    }
    const others = byPixels.slice(mostValues).map(([value]) => value);
    if (others.length > 0)
      findings.push({
        path: at,
        severity: 'warning',
        code: 'value-outside-classes',
        message: `In no class either, and fewer pixels: ${listNames(others)}.`,
      });
    return findings;
  }
}

/** A fault in an experiment's data, or a remark on it, with the key that it concerns. */
export interface DataFinding {
  /**
   * The key at fault in the experiment file, such as `['source', 'labels']`. A key with a default need not be written
   * there.
   */
  readonly path: (string | number)[];
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  /** The file with the fault. */
  readonly file?: string;
  /** The label with the fault, by its value, colour or name. */
  readonly label?: string;
}

/** Joins the first three names, and adds how many more there are. */
export function listNames(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
