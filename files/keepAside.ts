import { constants } from 'node:fs';
import { copyFile, link, lstat, realpath, rm } from 'node:fs/promises';
import { writing } from './writeError';

/** The largest number that is tried for a name. */
const mostKept = 10_000;

/**
 * Keeps files that are about to be replaced under other names beside them: `photo.mask.png` as
 * `photo.mask.png.previous-1`, or with the next number that none of them has yet. The files themselves stay until they
 * are replaced. No reader takes such a name for an image or a mask.
 * @param files absolute paths; one that does not exist is left out
 * @returns the new paths, in the order of the files that exist
 * @throws WriteError, with nothing kept
 */
export async function keepAside(files: readonly string[]): Promise<string[]> {
  const present: string[] = [];
  for (const file of files) if (await isThere(file)) present.push(file);
  for (let number = 1; ; number++) {
    const names = present.map(file => `${file}.previous-${number}`);
    if (number < mostKept && (await Promise.all(names.map(isThere))).some(Boolean)) continue;
    const kept: string[] = [];
    try {
      for (const [index, file] of present.entries()) {
        await writing(names[index]!, () => keepOne(file, names[index]!));
        kept.push(names[index]!);
      }
      return kept;
    } catch (error) {
      await giveUp(kept);
      throw error;
    }
  }
}

/** Deletes what was kept, after the files were not replaced. */
export async function giveUp(kept: readonly string[]): Promise<void> {
  for (const name of kept) await rm(name, { force: true }).catch(() => undefined);
}

/** Gives a file a second name where the disk allows it, else copies it. */
async function keepOne(file: string, name: string): Promise<void> {
  const target = await realpath(file);
  await link(target, name).catch(() => copyFile(target, name, constants.COPYFILE_EXCL));
}

/** Whether there is something of this name, be it a link that leads nowhere. */
export async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}
