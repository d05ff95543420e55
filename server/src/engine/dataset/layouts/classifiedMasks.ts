import path from 'node:path';
import { readRegularFile, readStart } from '../../../../../files/regularFile';
import type { ClassList as FolderClasses } from '../../../../../mask/classes/classList';
import { scribbleMap } from '../../../../../mask/document/scribbles';
import { sidecarName } from '../../../../../mask/files/fileNames';
import {
  headBytes,
  summarizeHead,
  summarizeSidecar,
  type SidecarSummary,
} from '../../../../../mask/files/sidecarSummary';
import { classesOfImage } from '../../common/classesOfImage';
import { ImageError } from '../../image/imageError';
import type { ImageLimits } from '../../image/imageHeader';
import { classIndex, ignoreLabel, type ClassList } from './classList';
import { indexOfBackground, indexOfClass } from './labelledClasses';
import type { DecodedLabels, LabelledImage, Layout } from './layout';
import { readMaskDocument, readNamedMask } from './namedMask';
import { maskKeys, pairImages } from './valueLayouts';

/** Marks the label source of an image whose scribbles count, and not its mask. */
const scribblesPart = 'scribbles';

/** The largest sidecar that is read, in bytes. */
const largestSidecar = 1e9;

/**
 * The layout of a folder that was labelled with Labelless: images with their masks beside them, or in the folder of the
 * labels, and a class file in their folder or above. Masks count that were approved; these, and scribbles on others; or
 * all. Labels without a class are left out, and so is what no scribble covers.
 */
export const labelless: Layout = {
  paths: ({ images = '.', labels = images }) => ({ images, labels }),
  list: async (images, labels, masks = 'approved') => {
    const found = await pairImages(images, labels, maskKeys);
    if (masks === 'all') return found;
    const pairs: LabelledImage[] = [];
    const others: string[] = [];
    for (const pair of found.pairs) {
      const summary = await summaryOf(pair.label.file);
      if (summary?.status === 'approved') pairs.push(pair);
      else if (masks === 'scribbled' && summary?.overview.scribbles !== undefined)
        pairs.push({ ...pair, label: { ...pair.label, part: scribblesPart } });
      else others.push(pair.image);
    }
    return { ...found, pairs, imagesWithoutLabels: [...found.imagesWithoutLabels, ...others].sort() };
  },
  decode: async ({ image, label: { file, part } }, classes, limits) => {
    if (part === scribblesPart) return decodeScribbles(file, await classesFor(file, image), classes, limits);
    const mask = await readNamedMask(file, limits);
    if (!mask)
      throw new ImageError(
        file,
        'it has no sidecar that tells the classes of its labels; open and save it in the editor',
      );
    const folder = await classesFor(file, image);
    const { width, height, labels, names } = mask;
    const meaning = new Uint8Array(65536).fill(ignoreLabel);
    const nameOf = new Map<number, string>();
    meaning[0] = indexOfBackground(classes, folder) ?? ignoreLabel;
    for (const [value, id] of mask.classes) {
      const name = folder?.byId(id)?.name ?? names.get(value) ?? `class ${id}`;
      const index = indexOfClass(classes, id, name);
      if (index === undefined) nameOf.set(value, name);
      else meaning[value] = index;
    }
    const unknown = new Map<string, number>();
    for (const value of labels) {
      const name = nameOf.get(value);
      if (name !== undefined) unknown.set(name, (unknown.get(name) ?? 0) + 1);
    }
    return { width, height, classes: Uint8Array.from(labels, value => meaning[value]!), unknown, named: true };
  },
};

/** The class list of an image's folder; undefined without one. @throws ImageError where it cannot be used */
async function classesFor(label: string, image: string): Promise<FolderClasses | undefined> {
  const found = await classesOfImage(image);
  if (found && 'problem' in found)
    throw new ImageError(label, `the class file ${found.file} cannot be used: ${found.problem}`);
  return found?.list;
}

/** Reads the head of a mask's sidecar; undefined for one that cannot be read. */
async function summaryOf(mask: string): Promise<SidecarSummary | undefined> {
  const sidecar = path.join(path.dirname(mask), sidecarName(path.basename(mask)));
  try {
    const head = summarizeHead(readStart(sidecar, headBytes).toString('utf8'));
    const summary = head ?? summarizeSidecar(await readRegularFile(sidecar, largestSidecar));
    return 'status' in summary ? summary : undefined;
  } catch {
    return undefined;
  }
}

/** Draws the scribbles of a mask that are called as a class; other pixels have none. */
async function decodeScribbles(
  file: string,
  folder: FolderClasses | undefined,
  classes: ClassList,
  limits: ImageLimits,
): Promise<DecodedLabels> {
  const document = await readMaskDocument(file, limits);
  if (!document) throw new ImageError(file, 'it has no sidecar that tells its scribbles');
  const unknown = new Map<string, number>();
  const { scribbles = [] } = document.state;
  const strokes = scribbles.flatMap(({ name, size, points }) => {
    const id = folder?.byName(name)?.id;
    const index = id === undefined ? classIndex(classes, name) : indexOfClass(classes, id, name);
    if (index === undefined) unknown.set(name, (unknown.get(name) ?? 0) + points.length);
    return index === undefined ? [] : [{ class: index, size, points }];
  });
  const { width, height } = document;
  return { width, height, classes: scribbleMap(strokes, document, document), unknown, named: true };
}
