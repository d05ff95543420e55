import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { readImageHeader } from '../../server/src/engine/image/imageHeader';
import type { Size } from '../../server/src/engine/image/picture';
import type { Labelling } from './labellingCurve';
import { chooseImages } from './chosenImages';
import { knownPhoto } from './truths';
import { folderClasses, writeApproved, writeFolder } from './writtenFolder';

/** A folder in which a simulated person labelled some images, and the truths of all. */
export interface Trial {
  /** The folder of the photos, their masks and classes. */
  readonly folder: string;
  /** The size of its first labelled image. */
  readonly size: Size;
  /** The folder that training runs go into. */
  readonly runs: string;
  readonly labelled: readonly LabelledItem[];
  readonly others: readonly LabelledItem[];
  /** The regions that were given a class. */
  readonly clicks: number;
}

export interface TrialOptions {
  /** How many images are labelled, and how many others the folder has. */
  readonly labelled: number;
  readonly others: number;
  /** Decides which images are labelled. */
  readonly seed: number;
  readonly labelling: Labelling;
  /** The folder that the trial is written into. */
  readonly place: string;
}

/** Writes the folder of a trial anew; training runs beside it stay. */
export async function writeTrial(
  items: readonly LabelledItem[],
  classes: ClassList,
  { labelled: count, others: rest, seed, labelling, place }: TrialOptions,
): Promise<Trial> {
  const { labelled, others } = chooseImages(items, count, rest, seed);
  const folder = path.join(place, 'photos');
  const list = folderClasses(classes);
  await rm(folder, { recursive: true, force: true });
  await writeFolder(
    folder,
    [...labelled, ...others].map(({ image }) => image),
    list,
  );
  let clicks = 0;
  for (const item of labelled) clicks += await writeApproved(folder, await knownPhoto(item, classes), list, labelling);
  const size = await readImageHeader(labelled[0]!.image, dataLimits);
  return { folder, size, runs: path.join(place, 'runs'), labelled, others, clicks };
}
