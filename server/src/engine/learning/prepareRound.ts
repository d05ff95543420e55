import path from 'node:path';
import type { ClassEntry } from '../../../../mask/classes/classListSchema';
import { writeAtomically } from '../../../../files/atomic';
import { openClassFile, maxClassFileBytes } from '../../../../mask/files/classFile';
import { classFileName } from '../../../../mask/classes/classFileName';
import { readNearest } from '../../../../files/nearest';
import type { PreparedRoundInfo } from '../../../../protocol/learningMessages';
import type { ListedImage } from '../../../../protocol/sessionMessages';
import { checkpointFileInUse } from '../adaptation/run/checkpoint';
import { readRunExperiment } from '../adaptation/run/runFolder';
import { relativePath } from '../common/relativePath';
import type { Experiment, NetworkName } from '../experiment/experimentSchema';
import { readImageHeader, type ImageLimits } from '../image/imageHeader';
import { listImages } from '../session/listImages';
import { StatusReader } from '../session/statusReader';
import { lastTrainedRound, listRounds, makeRoundsFolder, roundOf } from './learningRounds';
import { roundExperiment } from './roundExperiment';

export interface RoundOptions {
  /** The folder of the masks, relative to the folder of their image or absolute; empty: beside the images. */
  readonly maskFolder: string;
  /** The network that learns. */
  readonly network: NetworkName;
  readonly limits: ImageLimits;
  readonly cancel: AbortSignal;
}

/**
 * Prepares the next round of learning from a folder's approved masks: writes its experiment.
 * @throws Error that says what is missing to learn from
 */
export async function prepareRound(folder: string, options: RoundOptions): Promise<PreparedRoundInfo> {
  const { maskFolder, network, limits, cancel } = options;
  const classes = await classesOfFolder(folder);
  const images = await imagesOf(folder, options);
  const approved = images.filter(({ status }) => status === 'approved');
  checkLabelled(folder, approved, classes);
  const first = approved[0]!;
  const size = await readImageHeader(path.join(folder, first.path), limits);
  cancel.throwIfAborted();
  await makeRoundsFolder(folder);
  const last = (await listRounds(folder))[0]?.number ?? 0;
  const round = roundOf(folder, last + 1);
  const base = path.dirname(round.experiment);
  const before = await earlierNetwork(folder, network, classes);
  const experiment = roundExperiment({
    root: relativePath(base, folder),
    ...(maskFolder !== '' && { labels: path.resolve(folder, maskFolder) }),
    classes,
    approved: approved.length,
    hasOthers: images.length > approved.length,
    size,
    network,
    ...(before && { pretrained: relativePath(base, before.checkpoint) }),
  });
  await writeAtomically(new Map([[round.experiment, `${JSON.stringify(experiment, null, 2)}\n`]]));
  const { number, run } = round;
  return {
    number,
    experiment: round.experiment,
    run,
    approved: approved.length,
    ...(before && { after: before.round.number }),
  };
}

async function classesOfFolder(folder: string): Promise<readonly ClassEntry[]> {
  const found = openClassFile(await readNearest(path.resolve(folder), classFileName, maxClassFileBytes));
  if (!found)
    throw new Error(
      `${folder} has no class list: make one with New Class List (labelless classes), and give labels classes of it`,
    );
  if ('problem' in found)
    throw new Error(`${folder}: the class file ${found.file} cannot be used: ${found.problem}; correct it`);
  return found.list.classes;
}

async function imagesOf(folder: string, { maskFolder, cancel }: RoundOptions): Promise<ListedImage[]> {
  const found = new Map<string, ListedImage>();
  const list = listImages(folder, new StatusReader(), {
    recursive: false,
    maskFolder: relative => path.resolve(folder, path.dirname(relative), maskFolder),
    cancel,
  });
  for await (const part of list) for (const image of part) found.set(image.path, image);
  return [...found.values()];
}

/** @throws Error for masks from which no network can learn */
function checkLabelled(folder: string, approved: readonly ListedImage[], classes: readonly ClassEntry[]): void {
  if (approved.length === 0)
    throw new Error(
      `no mask in ${folder} is approved yet: give the labels of four to eight images classes, and approve`,
    );
  const used = new Set(approved.flatMap(image => image.classes));
  const known = classes.filter(({ id }) => used.has(id));
  if (known.length === 0)
    throw new Error(`the approved masks in ${folder} have no labels with a class of its class list: give them classes`);
  const rest = classes.find(({ background }) => background);
  if (known.length === 1 && (!rest || rest.id === known[0]!.id))
    throw new Error(
      `the approved masks in ${folder} have one class only, ${known[0]!.name}: a network needs two to tell apart; ` +
        'label another class, or make one of the list the background',
    );
}

/** The network of the last trained round, where it has the same classes and the kind that this round trains. */
async function earlierNetwork(folder: string, network: NetworkName, classes: readonly ClassEntry[]) {
  const round = await lastTrainedRound(folder);
  const experiment = round && (await readRunExperiment(round.run));
  if (!round || experiment?.network.name !== network || !hasClasses(experiment, classes)) return undefined;
  const checkpoint = await checkpointFileInUse(round.run, experiment);
  return checkpoint === undefined ? undefined : { round, checkpoint };
}

function hasClasses(experiment: Experiment, classes: readonly ClassEntry[]): boolean {
  const meaning = (list: readonly { name: string; values?: readonly unknown[] | undefined }[]) =>
    JSON.stringify(list.map(({ name, values }) => [name, values]));
  return (
    typeof experiment.classes !== 'string' &&
    meaning(experiment.classes) === meaning(classes.map(({ id, name }) => ({ name, values: [id] })))
  );
}
