import path from 'node:path';
import { isImageName } from '../../../../../mask/files/fileNames';
import type { LayoutName, Experiment } from '../../experiment/experimentSchema';
import { enclosingTrainingRun } from '../../experiment/trainingRunMark';
import type { ClassList } from './classList';
import { filesBelow, FolderError } from './datasetFiles';
import type { Layout, LabelledSettings, PairedFiles, LabelledPaths, DatasetRole } from './layout';
import { labelless } from './classifiedMasks';
import { coco, labelme } from './shapeLayouts';
import { camvid, cityscapes, folders, gta5, synthia } from './valueLayouts';

export const layouts: Readonly<Record<LayoutName, Layout>> = {
  gta5,
  synthia,
  cityscapes,
  camvid,
  folders,
  labelless,
  labelme,
  coco,
};

/**
 * Checks that a layout's labels can be mapped to a list of classes.
 * @throws Error for a built-in list that does not fit the layout's labels
 */
export function checkClassesFitLayout({ builtIn }: ClassList, layout: LayoutName): void {
  const other = layouts[layout].builtIn;
  if (builtIn && other && builtIn !== other)
    throw new Error(
      `classes: ${builtIn} does not go with the layout ${layout}, whose labels have other values; ` +
        `choose ${other}, or list your own classes`,
    );
}

/** Resolves the absolute paths of an experiment's labelled images. `base` is the folder of the experiment file. */
export function labelledPaths(
  { layout, root, images, labels }: LabelledSettings,
  base: string,
  role: DatasetRole,
): LabelledPaths {
  const at = path.resolve(base, root);
  const paths = layouts[layout].paths(
    { ...(images !== undefined && { images }), ...(labels !== undefined && { labels }) },
    at,
    role,
  );
  return { images: path.resolve(at, paths.images), labels: path.resolve(at, paths.labels) };
}

/**
 * Lists the images that have labels, at most as many as the experiment asks for; and, of all, which images have no
 * labels and which labels have no image.
 * @throws FolderError; ImageError for an annotation file that cannot be read
 */
export async function listPairs(settings: LabelledSettings, base: string, role: DatasetRole): Promise<PairedFiles> {
  const { images, labels } = labelledPaths(settings, base, role);
  for (const folder of [images, labels]) await refuseRunPictures(folder);
  const found = await layouts[settings.layout].list(images, labels, settings.masks);
  return { ...found, pairs: found.pairs.slice(0, settings.limit) };
}

/**
 * Lists the target's images in its folder and the folders in it, at most as many as the experiment asks for. Absolute
 * paths.
 * @throws FolderError
 */
export async function listTarget(
  { images, limit }: NonNullable<Experiment['target']>,
  base: string,
): Promise<string[]> {
  const folder = path.resolve(base, images);
  await refuseRunPictures(folder);
  return (await filesBelow(folder, isImageName)).slice(0, limit).map(name => path.join(folder, name));
}

/** A training run's predictions change as it trains, and are no data. @throws FolderError for a folder of them */
async function refuseRunPictures(folder: string): Promise<void> {
  const run = await enclosingTrainingRun(folder);
  if (run !== undefined)
    throw new FolderError(folder, false, `it belongs to the training run ${run}, whose pictures are no data`);
}
