import path from 'node:path';
import type { ClassList } from '../../../../mask/classes/classList';
import type { ClassEntry } from '../../../../mask/classes/classListSchema';
import { writeAtomically } from '../../../../files/atomic';
import { readSidecar } from '../../../../mask/files/sidecar';
import type { PreparedRoundInfo } from '../../../../protocol/learningMessages';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import { classesOfFolder } from '../common/classesOfImage';
import { relativePath } from '../common/relativePath';
import type { Experiment, NetworkName } from '../experiment/experimentSchema';
import { readImageHeader, type ImageLimits } from '../image/imageHeader';
import { imageFiles, type ImageFiles } from '../session/imageFiles';
import { listAllImages } from '../session/listImages';
import { readMaskPair } from '../session/maskPair';
import { StatusReader } from '../session/statusReader';
import { lastTrainedRound, listRounds, makeRoundsFolder, roundOf } from './learningRounds';
import { roundExperiment } from './roundExperiment';

export interface RoundOptions {
  /** The folder of the masks, relative to the folder of their image or absolute; empty: beside the images. */
  readonly maskFolder: string;
  /** The network that learns; by default the pretrained one where its weights are there. */
  readonly network?: NetworkName;
  /** The training steps, where they are not to be the usual number. */
  readonly steps?: number | undefined;
  readonly limits: ImageLimits;
  readonly cancel: AbortSignal;
}

/**
 * Prepares the next round of learning from a folder's approved masks: writes its experiment.
 * @throws Error that says what is missing to learn from
 */
export async function prepareRound(folder: string, options: RoundOptions): Promise<PreparedRoundInfo> {
  const { maskFolder, steps, limits, cancel } = options;
  const network = options.network ?? (hasBundledWeights() ? 'efficientnet-lite0' : 'compact');
  const list = await classListOf(folder);
  const { classes } = list;
  const folderOfMask = (relative: string) => path.resolve(folder, path.dirname(relative), maskFolder);
  const filesOf = imageFiles(folder, folderOfMask);
  const listing = { recursive: false, maskFolder: folderOfMask, cancel };
  const { images } = await listAllImages(folder, new StatusReader(), listing);
  const approved = images.filter(({ status }) => status === 'approved');
  const scribbled = images.filter(({ status, scribbles }) => status === 'edited' && scribbles !== undefined);
  const drawn = await Promise.all(scribbled.map(image => scribbledClasses(filesOf(image.path), list)));
  checkLabelled(folder, [...approved.map(image => image.classes), ...drawn], classes);
  const first = [...approved, ...scribbled][0]!;
  const labelled = approved.length + scribbled.length;
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
    labelled,
    size,
    network,
    steps,
    ...(before && { pretrained: relativePath(base, before.checkpoint) }),
  });
  await writeAtomically(new Map([[round.experiment, `${JSON.stringify(experiment, null, 2)}\n`]]));
  const { number, experiment: file, run } = round;
  return { number, experiment: file, run, labelled, ...(before && { after: before.round.number }) };
}

async function classListOf(folder: string): Promise<ClassList> {
  const found = await classesOfFolder(folder);
  if (!found)
    throw new Error(
      `${folder} has no class list: make one with New Class List (labelless classes), and give labels classes of it`,
    );
  if ('problem' in found)
    throw new Error(`${folder}: the class file ${found.file} cannot be used: ${found.problem}; correct it`);
  return found.list;
}

/** The ids of the classes that an image's scribbles are called as; none where its sidecar cannot be used. */
async function scribbledClasses(files: ImageFiles, list: ClassList): Promise<number[]> {
  const read = readSidecar((await readMaskPair(files)).sidecar ?? '');
  const scribbles = 'sidecar' in read ? (read.sidecar.scribbles ?? []) : [];
  return [...new Set(scribbles.flatMap(({ name }) => list.byName(name)?.id ?? []))];
}

/**
 * @param used the ids of the classes in each labelled image
 * @throws Error for masks from which no network can learn
 */
function checkLabelled(folder: string, used: readonly (readonly number[])[], classes: readonly ClassEntry[]): void {
  if (used.length === 0)
    throw new Error(
      `no mask in ${folder} is approved yet: give the labels of four to eight images classes and approve them, or ` +
        'draw scribbles of two classes',
    );
  const ids = new Set(used.flat());
  const known = classes.filter(({ id }) => ids.has(id));
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
  const last = await lastTrainedRound(folder);
  return last?.experiment.network.name === network && hasClasses(last.experiment, classes) ? last : undefined;
}

function hasClasses(experiment: Experiment, classes: readonly ClassEntry[]): boolean {
  const meaning = (list: readonly { name: string; values?: readonly unknown[] | undefined }[]) =>
    JSON.stringify(list.map(({ name, values }) => [name, values]));
  return (
    typeof experiment.classes !== 'string' &&
    meaning(experiment.classes) === meaning(classes.map(({ id, name }) => ({ name, values: [id] })))
  );
}
