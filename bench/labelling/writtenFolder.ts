import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClassList } from '../../mask/classes/classList';
import { classify } from '../../mask/document/classEdits';
import { stateAfter } from '../../mask/document/editRequests';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { formatClassFile } from '../../mask/files/classFile';
import { classFileName } from '../../mask/classes/classFileName';
import { ignoreLabel, type ClassList as KnownClasses } from '../../server/src/engine/dataset/layouts/classList';
import type { ClassDefinition } from '../../server/src/engine/experiment/experimentSchema';
import { siblingNames, writeDocument } from '../../server/src/engine/formats/writeDocument';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { defaultSettings } from '../../protocol/settings';
import { labelRegions, regionsAt } from './regionClasses';
import type { KnownPhoto } from './truths';

/** The classes of a labelled folder as an experiment names them: those of the data, whose values are ids from 1. */
export function writtenDefinitions({ definitions }: KnownClasses): ClassDefinition[] {
  return definitions.map((definition, index) => ({ ...definition, values: [index + 1] }));
}

/** The classes of a labelled folder as its class file has them. */
export function folderClasses(classes: KnownClasses): ClassList {
  const entries = writtenDefinitions(classes).map(({ name, colour, values: [id] }) => ({ id: id!, name, colour }));
  return new ClassList(entries);
}

/** Writes the photos and the class file of a folder to label. Photos of one name would be one. */
export async function writeFolder(folder: string, images: readonly string[], classes: ClassList): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, classFileName), formatClassFile(classes));
  for (const image of images) await copyFile(image, path.join(folder, path.basename(image)));
}

/**
 * Labels a photo of the folder as the simulated person does, and writes the approved mask as the editor does.
 * @returns the clicks that it took
 */
export async function writeApproved(
  folder: string,
  { image, cuttable, truth }: KnownPhoto,
  classes: ClassList,
  granularity: number,
): Promise<number> {
  const cutRegions = regionsAt(cuttable, granularity);
  const { classes: chosen, clicks } = labelRegions(cutRegions, truth);
  const run = { method: 'clustering', parameters: {}, seed: 1, backend: 'cpu', iterations: 1, stopped: false };
  const record = { ...run, granularity };
  const document = new MaskDocument(stateFromSegmentation({ ...cuttable, granularity, run: record }), classes);
  const valuesOf = new Map<number, Set<number>>();
  document.labelMap().forEach((value, p) => {
    const index = chosen[p]!;
    if (index === ignoreLabel) return;
    if (!valuesOf.has(index)) valuesOf.set(index, new Set());
    valuesOf.get(index)!.add(value);
  });
  // A label keeps its value when it gets a class: values follow the order of regions in the picture.
  for (const [index, values] of valuesOf) {
    const after = classify(document, [...values], index + 1);
    if (after) document.take(after);
  }
  const approved = stateAfter(document, { kind: 'status', status: 'approved' });
  if (approved) document.take(approved);
  const own = await loadImage(path.join(folder, path.basename(image.file)), defaultSettings.limits);
  await writeDocument(own, document, { folder, formats: ['mask'], siblings: await siblingNames(own.file) });
  return clicks;
}
