import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ImageError } from '../../image/imageError';
import { readImageHeader } from '../../image/imageHeader';
import { ignoreLabel, type ClassList } from '../layouts/classList';
import type { DecodedLabels, Layout, LabelledImage } from '../layouts/layout';
import { checkLabelSize, dataLimits } from '../streaming/itemLoading';

/** At most so many files of a part are looked into, and for so long, ms. */
const [mostFiles, longest] = [48, 1500];
/** Of values outside the classes, the most frequent are told. */
const mostValues = 5;

/** Files spread evenly over all that are there, until the time is up: at least one, the same ones every time. */
async function* sampleEvenly<T>(items: readonly T[], signal: AbortSignal): AsyncGenerator<T> {
  const start = performance.now();
  const count = Math.min(items.length, mostFiles);
  for (let n = 0; n < count && (n === 0 || performance.now() - start < longest); n++) {
    signal.throwIfAborted();
    await setImmediate(); // lets whoever else waits have a turn
    yield items[Math.floor((n * items.length) / count)]!;
  }
}

/** Which of some images cannot be read, as far as their headers tell. */
export async function sampleImages(
  files: readonly string[],
  at: string[],
  signal: AbortSignal,
): Promise<DataFinding[]> {
  const bad: ImageError[] = [];
  let looked = 0;
  for await (const file of sampleEvenly(files, signal)) {
    looked++;
    await readImageHeader(file, dataLimits).catch((error: unknown) => {
      bad.push(imageError(error, file));
    });
  }
  return badFilesFinding(bad, 'unreadable-file', 'cannot be used', looked, files.length, at);
}

/** What some images and their labels say: which cannot be read, differ in size, or hold what is in no class. */
export async function samplePairs(
  pairs: readonly LabelledImage[],
  layout: Layout,
  classes: ClassList,
  key: (name: 'images' | 'labels') => string[],
  signal: AbortSignal,
): Promise<DataFinding[]> {
  const bad: Record<'image' | 'label' | 'size', ImageError[]> = { image: [], label: [], size: [] };
  const seen = new SampledLabels();
  let looked = 0;
  for await (const { image, label } of sampleEvenly(pairs, signal)) {
    looked++;
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
    ...badFilesFinding(bad.image, 'unreadable-file', 'cannot be used', looked, pairs.length, key('images')),
    ...badFilesFinding(bad.label, 'unreadable-file', 'cannot be used', looked, pairs.length, key('labels')),
    ...badFilesFinding(bad.size, 'size-mismatch', 'do not fit their image', looked, pairs.length, key('labels')),
    ...seen.findings(looked, pairs.length, key('labels')),
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
  looked: number,
  all: number,
  at: string[],
): DataFinding[] {
  const [first] = bad;
  if (!first) return [];
  const message = `${bad.length} of ${lookedAt(looked, all)} ${what}: ${listNames(bad.map(({ message: one }) => one))}.`;
  return [{ path: at, severity: 'error', code, message, file: first.file }];
}

function lookedAt(looked: number, all: number): string {
  const files = looked === 1 ? '1 file' : `${looked} files`;
  return looked < all ? `${files} looked at (there are ${all})` : files;
}

/** What labels hold that is in no class, and whether they hold any class at all. */
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

  findings(looked: number, all: number, at: string[]): DataFinding[] {
    const findings: DataFinding[] = [];
    if (this.maps > 0 && !this.labelled) {
      findings.push({
        path: at,
        severity: 'error',
        code: 'no-class',
        message: `No pixel of ${lookedAt(looked, all)} is of any of the classes: their label values are others.`,
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
        message: `The label ${value} is in no class and does not count: ${pixels} ${pixels === 1 ? 'pixel' : 'pixels'} in ${where}, of ${lookedAt(looked, all)}.`,
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

/** A fault or a remark about an experiment's data, with the key that it concerns. */
export interface DataFinding {
  /**
   * The key at fault in the experiment file: `['source', 'labels']`. It need not be written there, where it has a
   * default.
   */
  readonly path: (string | number)[];
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: string;
  readonly message: string;
  /** The file that it is about. */
  readonly file?: string;
  /** The label that it is about, by its value, colour or name. */
  readonly label?: string;
}

/** The first three names, and how many more there are. */
export function listNames(names: readonly string[]): string {
  return `${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}
