import { createHash } from 'node:crypto';
import path from 'node:path';
import { openRegularFile } from '../../../../../files/regularFile';
import { isMaskName, sidecarName } from '../../../../../mask/files/fileNames';
import type { LabelledImage, LabelSource } from '../layouts/layout';
import { relativePath } from '../../common/relativePath';

/** The files of a part of an experiment's data: by image, relative to the folder of images, a print of its contents. */
export type ListedFiles = Readonly<Record<string, string>>;

/** A list of the files that an experiment learns from, by which a change of them is noticed. */
export type DataListing = Partial<Readonly<Record<'source' | 'target', ListedFiles>>>;

type ListedItem = Pick<LabelledImage, 'image'> & Partial<LabelledImage>;

/** The number of files that are read at a time. */
const together = 16;
/** The bytes that are read at the beginning, in the middle and at the end of a file. */
const piece = 16384;

/**
 * Lists files with prints of their contents. A print is of the size and of three pieces of the file: it is the same for
 * a copy, and needs no whole data set to be read.
 * @param root the folder that images are relative to
 * @throws the signal's reason once it is aborted
 */
export async function listFiles(
  items: readonly ListedItem[],
  root: string,
  signal?: AbortSignal,
): Promise<ListedFiles> {
  const listed: [name: string, print: string][] = [];
  let next = 0;
  const work = async () => {
    while (next < items.length) {
      signal?.throwIfAborted();
      const { image, label } = items[next++]!;
      const name = listedName(image, root);
      listed.push([name, [await printOf(image), ...(label ? await printsOfLabels(label) : [])].join(' ')]);
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return Object.fromEntries(listed);
}

/** The name of a picture in lists of data: its path relative to their folder, the same on every system. */
export function listedName(image: string, root: string): string {
  return relativePath(root, image).normalize('NFC');
}

async function printsOfLabels({ file, part }: LabelSource): Promise<string[]> {
  if (part !== undefined) return [createHash('sha256').update(JSON.stringify(part)).digest('hex').slice(0, 16)];
  const print = await printOf(file);
  return isMaskName(path.basename(file))
    ? [print, await printOf(path.join(path.dirname(file), sidecarName(path.basename(file))))]
    : [print];
}

/** The print of a file; of one that cannot be read, that it cannot. */
async function printOf(file: string): Promise<string> {
  try {
    const { handle, size } = await openRegularFile(file);
    try {
      const hash = createHash('sha256');
      const buffer = Buffer.alloc(piece);
      for (const at of new Set([0, Math.max(0, Math.floor((size - piece) / 2)), Math.max(0, size - piece)])) {
        const { bytesRead } = await handle.read(buffer, 0, piece, at);
        hash.update(buffer.subarray(0, bytesRead));
      }
      return `${size}-${hash.digest('hex').slice(0, 16)}`;
    } finally {
      await handle.close();
    }
  } catch {
    return 'unreadable';
  }
}

/**
 * Describes how the files that are there differ from those of a list, a clause for each part; none where they do not.
 */
export function describeChanges(before: DataListing, now: DataListing): string[] {
  return (['source', 'target'] as const).flatMap(part => {
    const changes = changesOf(before[part] ?? {}, now[part] ?? {});
    return changes.length === 0 ? [] : [`${part}: ${changes.join(', ')}`];
  });
}

function changesOf(before: ListedFiles, now: ListedFiles): string[] {
  const added = Object.keys(now).filter(name => !Object.hasOwn(before, name));
  const removed = Object.keys(before).filter(name => !Object.hasOwn(now, name));
  const changed = Object.keys(now).filter(name => Object.hasOwn(before, name) && before[name] !== now[name]);
  return [
    ...counted(added, 'added'),
    ...counted(removed, 'removed'),
    ...counted(changed, 'changed, or its labels', 'changed, or their labels'),
  ];
}

function counted(names: readonly string[], one: string, many = one): string[] {
  const [first] = names;
  if (first === undefined) return [];
  return [
    names.length === 1 ? `1 picture was ${one} (${first})` : `${names.length} pictures were ${many} (${first}, …)`,
  ];
}
