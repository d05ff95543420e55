import type { Experiment } from '../../experiment/experimentSchema';
import { holdOutShare } from '../../experiment/holdOut';
import { checkClassesFitLayout, labelledPaths, listPairs } from '../layouts';
import type { ClassList } from '../layouts/classList';
import type { DatasetRole, LabelledImage, LabelledSettings } from '../layouts/layout';
import { splitPictures } from './heldOutPictures';
import type { DatasetItemFiles } from './itemLoading';

/** The files of an image with labels. */
export type LabelledItem = LabelledImage & Required<Pick<DatasetItemFiles, 'layout'>>;

/**
 * Lists the labelled images of one part of an experiment.
 * @param base the folder of the experiment file
 * @throws Error, FolderError or ImageError for classes, folders or annotation files that cannot be used
 */
export async function labelledItems(
  settings: LabelledSettings,
  base: string,
  role: DatasetRole,
  classes: ClassList,
): Promise<LabelledItem[]> {
  checkClassesFitLayout(classes, settings.layout);
  const { pairs } = await listPairs(settings, base, role);
  const { images, labels } = labelledPaths(settings, base, role);
  if (pairs.length === 0) throw new Error(`${role}: no image in ${images} has labels in ${labels}`);
  return pairs.map(pair => ({ ...pair, layout: settings.layout }));
}

/**
 * Lists the images to measure an experiment's network on: those of its evaluation, else those of the source that are
 * held out. @throws as `labelledItems`
 */
export async function itemsToMeasure(
  experiment: Experiment,
  base: string,
  classes: ClassList,
): Promise<readonly LabelledItem[]> {
  const { source, evaluation } = experiment;
  if (evaluation) return labelledItems(evaluation, base, 'evaluation', classes);
  const items = await labelledItems(source, base, 'source', classes);
  return splitPictures(items, labelledPaths(source, base, 'source').images, holdOutShare(experiment)).heldOut;
}
