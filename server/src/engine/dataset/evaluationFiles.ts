import path from 'node:path';
import * as z from 'zod';
import { isOwnOutput } from '../../../../mask/files/fileNames';
import { decodeMaskPng, type MaskImage } from '../../../../mask/files/indexedPng';
import { classesSchema } from '../experiment/experimentSchema';
import { describeIssues } from '../../../../mask/issueText';
import { ImageError, readBytes } from '../image/imageError';
import { isIgnoredName, resolveClasses, type ClassList } from './layouts/classList';
import { filesBelow, readJson } from './layouts/datasetFiles';

/** An experiment file, of which only the classes are read. */
const experimentClasses = z.object({ classes: classesSchema });
/** The names of the label values 0, 1, … in order. */
const classNames = z.array(z.string().min(1)).min(2).max(255);

/** The largest class list or experiment file that is read, megabytes. */
const largestList = 10;

/**
 * Reads the classes that a file names: an experiment file's `classes`, or a JSON array of the names of label values
 * from 0 on, in which `Unlabelled`, `void` or `ignore` are none.
 * @throws ImageError that names what is wrong with the file, Error for classes that contradict each other
 */
export async function readClassList(file: string): Promise<ClassList> {
  const value = await readJson(file, largestList);
  if (!Array.isArray(value)) return resolveClasses(checked(file, value, experimentClasses).classes);
  const named = checked(file, value, classNames).map((name, index) => ({ name, values: [index], colour: '#000000' }));
  const { definitions, ignored } = resolveClasses(named.filter(({ name }) => !isIgnoredName(name)));
  return {
    definitions,
    ignored: new Set([...ignored, ...named.filter(({ name }) => isIgnoredName(name)).flatMap(({ values }) => values)]),
    namesAlone: true,
  };
}

function checked<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
  const { data, error } = schema.safeParse(value);
  if (error)
    throw new ImageError(
      file,
      `${describeIssues(error.issues, value)[0]}; ` +
        'classes are listed in an experiment file, or as names such as ["road", "sky"]',
    );
  return data;
}

/**
 * Lists the truths below a folder by image: `ID.png`, or `ID.0.png, ID.1.png, …` by several annotators, or else the
 * mask `ID.mask.png`. The ID of an image in a subfolder contains the subfolder; paths are relative to the folder.
 * @param isImage whether there is an image of a name, whose last number is then no annotator's
 * @param except a folder in it that is left out
 * @throws FolderError when the folder cannot be listed
 */
export async function listTruthFiles(
  folder: string,
  isImage: (id: string) => boolean,
  except?: string,
): Promise<Map<string, string[]>> {
  const files = new Map<string, string[]>();
  const names = await filesBelow(path.resolve(folder), file => /[^/]\.png$/i.test(file), except);
  for (const name of names.filter(file => !isOwnOutput(file))) {
    const stem = name.slice(0, -'.png'.length);
    const id = isImage(stem) ? stem : stem.replace(/(?<=[^/])\.\d+$/, '');
    files.set(id, [...(files.get(id) ?? []), name]);
  }
  for (const name of names.filter(file => /\.mask\.png$/i.test(file))) {
    const id = name.slice(0, -'.mask.png'.length);
    if (!files.has(id)) files.set(id, [name]);
  }
  return files;
}

/** The largest label map that is read, megabytes. */
const largestMap = 500;

/**
 * Reads a label map: a PNG of one value a pixel.
 * @throws ImageError when it cannot be read, Error when it is damaged or none
 */
export async function readTruthLabels(file: string): Promise<MaskImage> {
  return decodeMaskPng(await readBytes(file, largestMap));
}
