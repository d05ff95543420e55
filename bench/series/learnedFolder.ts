import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeRun } from '../../server/src/engine/adaptation/run/describeRun';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { makeRoundsFolder, roundOf } from '../../server/src/engine/learning/learningRounds';
import { chooseImages } from '../labelling/chosenImages';
import { trainInto } from '../labelling/rowResults';
import { experimentOn, rowsWith } from '../labelling/roundRows';
import { writeTrial } from '../labelling/trials';

/** A folder with a round of learning, and the frames that it learned from. */
export interface LearnedFolder {
  readonly folder: string;
  readonly approved: ReadonlySet<LabelledItem>;
}

interface Learning {
  /** Decides which frames the person labels, and the training. */
  readonly seed: number;
  /** The folder that all is written into. A network that was trained there before is taken as it is. */
  readonly place: string;
  readonly threads: number;
}

/** The frames that a person labels before the network learns. */
const labelled = 8;
/** The granularity at which the person labels, which `npm run bench:labelling` chose. */
const labelling = { granularity: 0.85 };

/** Has a simulated person label some frames, and trains the network of a round on them. */
export async function learnFrames(
  items: readonly LabelledItem[],
  classes: ClassList,
  { seed, place, threads }: Learning,
): Promise<LearnedFolder> {
  const folder = path.join(place, 'photos');
  const round = roundOf(folder, 1);
  const known = { folder, approved: new Set(chooseImages(items, labelled, 0, seed).labelled) };
  if ((await describeRun(round.run))?.state === 'finished') return known;
  const { size } = await writeTrial(items, classes, { labelled, others: 0, seed, labelling, place });
  const [name, row] = ['pretrained', rowsWith({}).pretrained!];
  const experiment = experimentOn({ folder, approved: labelled, size }, classes, { name, row, seed });
  await makeRoundsFolder(folder);
  await writeFile(round.experiment, JSON.stringify(experiment));
  await trainInto(round.run, experiment, { threads, deadline: Infinity });
  return known;
}
