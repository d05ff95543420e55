import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { classesSchema } from '../experiment/experimentSchema';
import { openMask } from '../../../../mask/files/maskFiles';
import { isMaskName, sidecarName, isOwnOutput } from '../../../../mask/files/fileNames';
import { ignoreLabel, classIndex, resolveClasses, type ClassList } from './layouts/classList';
import { readFailure } from '../image/imageError';
import type { ImageLimits } from '../image/imageHeader';
import { readJson, filesBelow } from './layouts/datasetFiles';
import type { DecodedLabels } from './layouts/layout';
import { decodeValueLabels, valueTable } from './layouts/valueLabels';
import { type MaskImage, decodeMaskPng } from '../../../../mask/files/indexedPng';

/** Matches the names in a list of classes that mean pixels of no class. */
const noClass = /^(un-?labell?ed|void|ignored?)$/i;

/** An experiment file, of which only the classes are read; or the names of the label values 0, 1, … in order. */
const configSchema = z.union([z.object({ classes: classesSchema }), z.array(z.string().min(1)).min(2).max(255)]);

/**
 * Reads the classes that a file names: an experiment file's `classes`, or a JSON array of the names of label values
 * from 0 on, in which `Unlabelled`, `void` or `ignore` are none.
 * @throws ImageError that names what is wrong with the file, Error for classes that contradict each other
 */
export async function readClassList(file: string): Promise<ClassList> {
  const config = await readJson(file, configSchema, 10);
  if (!Array.isArray(config)) return resolveClasses(config.classes);
  const named = config.map((name, value) => ({ name, values: [value], colour: '#000000' }));
  const { definitions, ignored } = resolveClasses(named.filter(({ name }) => !noClass.test(name)));
  return {
    definitions,
    ignored: new Set([...ignored, ...named.filter(({ name }) => noClass.test(name)).flatMap(({ values }) => values)]),
  };
}

/**
 * Reads the classes of a prediction's pixels: by the names of its labels in the mask's sidecar where one is the name of
 * a class, else by values, as in truths. 255 where a pixel has none.
 * @throws Error when it cannot be read
 */
export async function readPredictedClasses(
  file: string,
  classes: ClassList,
  limits: ImageLimits,
): Promise<Pick<DecodedLabels, 'width' | 'height' | 'classes'>> {
  return (
    (isMaskName(path.basename(file)) ? await byNames(file, classes, limits) : undefined) ??
    decodeValueLabels(file, valueTable(classes), limits)
  );
}

async function byNames(file: string, classes: ClassList, limits: ImageLimits) {
  const sidecar = await readFile(path.join(path.dirname(file), sidecarName(path.basename(file))), 'utf8').catch(
    () => undefined,
  );
  if (sidecar === undefined) return undefined;
  const png = await readFile(file).catch((error: unknown) => {
    throw readFailure(file, error);
  });
  const { document } = openMask(png, sidecar, limits.megapixels * 1e6);
  const classOf = new Uint8Array(65536).fill(ignoreLabel);
  let known = false;
  for (const { value, name } of document.view().labels) {
    const index = classIndex(classes, name);
    if (index === undefined) continue;
    classOf[value] = index;
    known = true;
  }
  const { width, height } = document;
  return known ? { width, height, classes: Uint8Array.from(document.labelMap(), value => classOf[value]!) } : undefined;
}

/**
 * Lists the truths below a folder by image: `ID.png`, or `ID.0.png, ID.1.png, …` by several annotators. The ID of an
 * image in a subfolder contains the subfolder; paths are relative to the folder.
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
  for (const name of await filesBelow(
    path.resolve(folder),
    file => /[^/]\.png$/i.test(file) && !isOwnOutput(file),
    except,
  )) {
    const stem = name.slice(0, -'.png'.length);
    const id = isImage(stem) ? stem : stem.replace(/(?<=[^/])\.\d+$/, '');
    files.set(id, [...(files.get(id) ?? []), name]);
  }
  return files;
}

/**
 * Reads a label map: a PNG of one value a pixel.
 * @throws ImageError when it cannot be read, Error when it is damaged or none
 */
export async function readTruthLabels(file: string): Promise<MaskImage> {
  return decodeMaskPng(
    await readFile(file).catch((error: unknown) => {
      throw readFailure(file, error);
    }),
  );
}
