import path from 'node:path';
import { isImageName } from '../../../../mask/files/fileNames';
import { pathOrder } from '../../../../mask/session/imageList';
import { settleFolder } from '../../../../files/leftovers';
import { readReason } from '../../../../files/regularFile';
import type { ListedImage, ListImagesResult } from '../../../../protocol/sessionMessages';
import { imagesIn } from '../segment/imageFolder';
import { imageFiles, type ImageFiles } from './imageFiles';
import type { StatusLook, StatusReader } from './statusReader';
import { posixPath } from '../common/relativePath';

export interface ListOptions {
  readonly recursive: boolean;
  /** Looks only at these images, by their paths from the folder. */
  readonly images?: readonly string[] | undefined;
  /** The folder of the mask of an image, given by its path from the folder. */
  readonly maskFolder: (relative: string) => string;
  readonly cancel?: AbortSignal;
}

/** The number of images in a part of a list. */
const partSize = 250;
/** The milliseconds after which images that were looked at longer are told. */
const partTime = 200;

/**
 * Lists the images of a folder with the status of their masks: parts of the list, and the rest of the answer in the
 * end. Images that leave a doubt come again when a longer look at them finds another status.
 * @throws Error when the folder cannot be listed
 */
export async function* listImages(
  folder: string,
  reader: StatusReader,
  { recursive, images, maskFolder, cancel }: ListOptions,
): AsyncGenerator<ListedImage[], Omit<ListImagesResult, 'images'>> {
  await settleFolder(folder); // what a process that has ended began to replace is finished first
  const failures: string[] = [];
  const found = images
    ? images.filter(isInside)
    : await imagesIn(folder, recursive, (relative, error) => {
        failures.push(`${relative}: ${readReason(error)}`);
      });
  const missing = (images ?? []).filter(image => !isInside(image));
  const doubts: { image: string; look: StatusLook }[] = [];
  found.sort(pathOrder());
  const filesOf = imageFiles(folder, maskFolder);
  for (let at = 0; at < found.length; at += partSize) {
    const part: ListedImage[] = [];
    for (const relative of found.slice(at, at + partSize)) {
      const listed = lookAt(relative, filesOf(relative), reader);
      if (!listed) missing.push(relative);
      else part.push(listed.image);
      if (listed?.look.examine) doubts.push({ image: relative, look: listed.look });
    }
    yield part;
    await new Promise(setImmediate); // a cancel is heard between parts
    cancel?.throwIfAborted();
  }
  yield* settle(doubts, cancel);
  return { count: found.length - missing.filter(isInside).length, missing, failures };
}

/** Lists the images of a folder at once, each with the last status that was found. @throws as `listImages` */
export async function listAllImages(
  folder: string,
  reader: StatusReader,
  options: ListOptions,
): Promise<ListImagesResult> {
  const images = new Map<string, ListedImage>();
  const list = listImages(folder, reader, options);
  let step = await list.next();
  for (; !step.done; step = await list.next()) for (const image of step.value) images.set(image.path, image);
  return { images: [...images.values()], ...step.value };
}

function lookAt(relative: string, files: ImageFiles, reader: StatusReader) {
  const look = reader.look(files);
  return look && { image: { path: posixPath(relative), ...look.found }, look };
}

/** Looks at the images in doubt as long as it takes, and yields those whose status is another then. */
async function* settle(
  doubts: readonly { image: string; look: StatusLook }[],
  cancel?: AbortSignal,
): AsyncGenerator<ListedImage[]> {
  let part: ListedImage[] = [];
  let told = performance.now();
  for (const { image, look } of doubts) {
    const settled = await look.examine!();
    cancel?.throwIfAborted();
    if (settled !== look.found) part.push({ path: posixPath(image), ...settled });
    if (performance.now() - told < partTime || part.length === 0) continue;
    yield part;
    part = [];
    told = performance.now();
  }
  if (part.length > 0) yield part;
}

/** Whether a path from a folder names an image within it: a client may send anything. */
export function isInside(relative: string): boolean {
  const parts = relative.split(/[\\/]/);
  return !path.isAbsolute(relative) && !parts.includes('..') && isImageName(parts.at(-1)!);
}
