import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ClassList } from '../../mask/classes/classList';
import { type EditRequest, stateAfter } from '../../mask/document/editRequests';
import { MaskDocument } from '../../mask/document/maskDocument';
import { stateFromSegmentation } from '../../mask/document/segmentation';
import { formatClassFile } from '../../mask/files/classFile';
import { classFileName } from '../../mask/classes/classFileName';
import { ignoreLabel, type ClassList as KnownClasses } from '../../server/src/engine/dataset/layouts/classList';
import type { ClassDefinition } from '../../server/src/engine/experiment/experimentSchema';
import { siblingNames, writeDocument } from '../../server/src/engine/formats/writeDocument';
import { loadImage } from '../../server/src/engine/image/loadImage';
import { defaultSettings } from '../../protocol/settings';
import type { Cuttable } from '../quality/comparedMethods';
import { labelPicture, type Labelling } from './labellingCurve';
import { nodesToLabel } from './wheelLabels';
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
  labelling: Labelling,
): Promise<number> {
  const granularity = 'granularity' in labelling ? labelling.granularity : defaultSettings.granularity;
  const run = { method: 'clustering', parameters: {}, seed: 1, backend: 'cpu', iterations: 1, stopped: false };
  const record = { ...run, granularity };
  const document = new MaskDocument(stateFromSegmentation({ ...cuttable, granularity, run: record }), classes);
  const edit = (request: EditRequest) => {
    const after = stateAfter(document, request);
    if (after) document.take(after);
  };
  const edits = 'granularity' in labelling ? classifyLabels : takeNodes;
  edits(document, cuttable, truth, labelling).forEach(edit);
  edit({ kind: 'status', status: 'approved' });
  const own = await loadImage(path.join(folder, path.basename(image.file)), defaultSettings.limits);
  await writeDocument(own, document, { folder, formats: ['mask'], siblings: await siblingNames(own.file) });
  return labelPicture(cuttable, truth, labelling).clicks;
}

type Edits = (document: MaskDocument, cuttable: Cuttable, truth: Uint8Array, labelling: Labelling) => EditRequest[];

/** Gives the labels of the cut their classes. They keep their values then, since these follow places in the picture. */
const classifyLabels: Edits = (document, cuttable, truth, labelling) => {
  const { classes } = labelPicture(cuttable, truth, labelling);
  const valuesOf = new Map<number, Set<number>>();
  document.labelMap().forEach((value, p) => {
    const index = classes[p]!;
    if (index !== ignoreLabel) valuesOf.set(index, (valuesOf.get(index) ?? new Set()).add(value));
  });
  return [...valuesOf].map(([index, values]) => ({ kind: 'classify', values: [...values], class: index + 1 }));
};

/** Takes nodes into labels of their classes, one after the other. */
const takeNodes: Edits = (_, cuttable, truth, labelling) =>
  'granularity' in labelling
    ? []
    : nodesToLabel(cuttable, truth, labelling.priceOfClick).map(({ node, index }) => ({
        kind: 'take',
        nodes: [node],
        into: { newOf: index + 1 },
      }));
