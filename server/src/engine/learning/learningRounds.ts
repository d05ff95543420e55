import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { writing } from '../../../../files/writeError';
import { roundsFolder } from '../../../../mask/files/fileNames';
import { readRunExperiment } from '../adaptation/run/runFolder';

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

/** Finds the last round of a folder that was trained; undefined where none was. */
export async function lastTrainedRound(folder: string): Promise<LearningRound | undefined> {
  for (const round of await listRounds(folder)) if (await readRunExperiment(round.run)) return round;
  return undefined;
}

/** Makes the folder of a folder's rounds. @throws WriteError */
export async function makeRoundsFolder(folder: string): Promise<void> {
  const at = path.join(folder, roundsFolder);
  await writing(at, () => mkdir(at, { recursive: true }));
}
