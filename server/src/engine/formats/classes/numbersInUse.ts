import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { ignoredValue } from '../../../../../mask/classes/classListSchema';
import { readRegularFile } from '../../../../../files/regularFile';
import { decodeMaskPng, encodeMaskPng, isOwnMask, paletteOf } from '../../../../../mask/files/indexedPng';
import type { ListedClass } from './labelmap';

/** The colour of palette entries below 255, pixels that do not count, which no class has. */
const unused = '#000000';
/** The largest label file or mask that is read, in bytes. */
const largestFile = 1e9;

/** Lists the files of a folder with an extension; none where there is no such folder. */
async function filesIn(folder: string, extension: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`cannot read the folder ${folder}; check its permissions`, { cause: error });
  });
  return names.filter(name => name.endsWith(extension)).sort();
}

/**
 * Checks that no label file of YOLO has a class that its list does not have: a class that is added next would get that
 * number.
 * @param except the name of the file that will be replaced
 */
export async function checkYoloNumbers(folder: string, count: number, except: string): Promise<void> {
  for (const name of await filesIn(folder, '.txt')) {
    if (name === except) continue;
    const text = (await readRegularFile(path.join(folder, name), largestFile)).toString('latin1');
    for (const [, number] of text.matchAll(/^\s*(\d+)/gm))
      if (Number(number) >= count)
        throw new Error(
          `${path.join(folder, name)} has class ${number}, and data.yaml lists only ${count} classes; ` +
            'restore the list, or export into another folder',
        );
  }
}

/**
 * Checks that VOC's class masks have the colours of their list: with a list that was shortened or reordered, a class
 * that is added next would get the number of another.
 * @param except the name of the file that will be replaced
 */
export async function checkVocNumbers(folder: string, classes: readonly ListedClass[], except: string): Promise<void> {
  for (const name of await filesIn(folder, '.png')) {
    if (name === except) continue;
    const file = path.join(folder, name);
    const bytes = await readRegularFile(file, largestFile);
    if (!isOwnMask(bytes)) continue;
    const other = paletteOf(bytes).findIndex(
      (colour, value) => value > 0 && value < ignoredValue && colour !== (classes[value - 1]?.colour ?? unused),
    );
    if (other > 0)
      throw new Error(
        `${file} shows class ${other} in another colour than labelmap.txt lists, so its classes are not certain; ` +
          'restore the list, or export into another folder',
      );
  }
}

/**
 * Gives masks in a folder other colours; their values stay.
 * @param colours `#rrggbb` by value - 1
 * @param except the name of the file that will be replaced
 * @returns contents by file name
 * @throws Error for a mask that another program wrote: which values it has is not certain
 */
export async function recolouredMasks(
  folder: string,
  colours: readonly string[],
  except: string,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const name of await filesIn(folder, '.png')) {
    if (name === except) continue;
    const file = path.join(folder, name);
    const bytes = await readRegularFile(file, largestFile);
    if (!isOwnMask(bytes))
      throw new Error(
        `${file} was not written by Labelless, and the colours of classes must change, since some are shared; ` +
          'export into another folder',
      );
    files.set(name, encodeMaskPng(decodeMaskPng(bytes), colours));
  }
  return files;
}
