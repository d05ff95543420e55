import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writing } from '../../../../files/writeError';
import { roundsFolder } from '../../../../mask/files/fileNames';
import { checkpointFileInUse } from '../adaptation/run/checkpoint';
import { readRunExperiment } from '../adaptation/run/runFolder';
import type { Experiment } from '../experiment/experimentSchema';

/** A round of learning from the approved masks of a folder. Paths are absolute. */
export interface LearningRound {
  readonly number: number;
  /** The experiment file. */
  readonly experiment: string;
  /** The folder of the training run. */
  readonly run: string;
  /** The folder of the masks that the round's proposals replaced; hidden, so that it is no data. */
  readonly replaced: string;
}

const experimentPattern = /^round-(\d{1,6})\.adapt\.json$/;

/** Names the files of a round. A round that has them may not have been begun. */
export function roundOf(folder: string, number: number): LearningRound {
  const at = path.resolve(folder, roundsFolder);
  const name = `round-${number}`;
  return {
    number,
    experiment: path.join(at, `${name}.adapt.json`),
    run: path.join(at, 'runs', name),
    replaced: path.join(at, `.${name}`),
  };
}

/** Lists the rounds of a folder, the last first. */
export async function listRounds(folder: string): Promise<LearningRound[]> {
  const names = await readdir(path.join(folder, roundsFolder)).catch(() => []);
  return names
    .flatMap(name => Number(experimentPattern.exec(name)?.[1] ?? []))
    .sort((a, b) => b - a)
    .map(number => roundOf(folder, number));
}

/** A round that has a network. */
export interface TrainedRound {
  readonly round: LearningRound;
  readonly experiment: Experiment;
  /** The file of its checkpoint in use. */
  readonly checkpoint: string;
}

/** Finds the last round of a folder that has a network: not one that failed before its first checkpoint. */
export async function lastTrainedRound(folder: string): Promise<TrainedRound | undefined> {
  for (const round of await listRounds(folder)) {
    const experiment = await readRunExperiment(round.run).catch(() => undefined); // a damaged one is of no use
    if (!experiment) continue;
    const checkpoint = await checkpointFileInUse(round.run, experiment);
    if (checkpoint !== undefined) return { round, experiment, checkpoint };
  }
  return undefined;
}

/** Makes the folder of a folder's rounds. @throws WriteError */
export async function makeRoundsFolder(folder: string): Promise<void> {
  const at = path.join(folder, roundsFolder);
  await writing(at, () => mkdir(at, { recursive: true }));
}
