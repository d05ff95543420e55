import path from 'node:path';
import { settleFolder, tidyFolder } from '../../../../files/leftovers';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import { progressOf, type ImageProgress, type WantedRequest } from './batchProgress';
import { imageFiles } from './imageFiles';
import { StatusReader } from './statusReader';

/** An image that a batch may segment. */
export interface BatchImage {
  /** Absolute path. */
  readonly file: string;
  /** The folder of its outputs. */
  readonly output: string;
  /** Whether a user named the image itself, not only a folder that it is in. */
  readonly named: boolean;
}

/**
 * Whether a batch segments an image whose mask has a status: one of those asked for, or else any that a user named, and
 * in a folder those that nobody has approved or skipped.
 */
export function isChosen(status: MaskStatus, named: boolean, only?: ReadonlySet<MaskStatus>): boolean {
  if (only) return only.has(status);
  return named || (status !== 'approved' && status !== 'skipped');
}

/** Separates the images that a batch segments from those that it leaves as they are. */
export async function chooseImages<Image extends BatchImage>(
  images: readonly Image[],
  reader: StatusReader,
  only?: ReadonlySet<MaskStatus>,
): Promise<{ chosen: Image[]; leftOut: { image: Image; status: MaskStatus }[] }> {
  const chosen: Image[] = [];
  const leftOut: { image: Image; status: MaskStatus }[] = [];
  const filesOf = filesOfImages(images);
  for (const [index, image] of images.entries()) {
    if (index % 100 === 99) await new Promise(setImmediate); // looks wait for the disk: others get their turn
    if (!only && image.named) {
      chosen.push(image);
      continue;
    }
    const status = (await reader.read(filesOf(image.file)))?.status ?? 'none';
    if (isChosen(status, image.named, only)) chosen.push(image);
    else leftOut.push({ image, status });
  }
  return { chosen, leftOut };
}

/**
 * Yields the images that are not done yet, each when it is asked for: image and mask are compared by their digests, so
 * that a long list is not read before the first image is segmented.
 * @param onFinished is told of an image that is done, or that may hold a person's work
 */
export async function* unfinishedImages<Image extends BatchImage>(
  images: Iterable<Image> | AsyncIterable<Image>,
  requestFor: (image: string) => Promise<WantedRequest>,
  onFinished: (image: Image, progress: Extract<ImageProgress, { state: 'done' | 'kept' }>) => void,
): AsyncGenerator<Image> {
  const outputs = new Map<string, string>();
  const filesOf = imageFiles('', file => outputs.get(file)!);
  for await (const image of images) {
    outputs.set(image.file, image.output);
    const files = filesOf(image.file);
    await tidyFolder(path.dirname(files.mask)); // where all is done, nothing is written that would tidy it
    let reader = new StatusReader({ thorough: true });
    let found = await reader.read(files);
    if (found?.problem !== undefined) {
      // Another process may be writing these files, or have ended meanwhile: they are looked at again once it is done.
      await settleFolder(path.dirname(files.mask));
      reader = new StatusReader({ thorough: true });
      found = await reader.read(files);
    }
    const progress = found && progressOf(files, found, reader, await requestFor(image.file));
    if (progress?.state === 'done' || progress?.state === 'kept') onFinished(image, progress);
    else yield image;
  }
}

/** Finds the files of images by their paths. */
function filesOfImages(images: readonly BatchImage[]) {
  const outputs = new Map(images.map(({ file, output }) => [file, output]));
  return imageFiles('', file => outputs.get(file)!);
}
