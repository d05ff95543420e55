import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { resolveClasses, type ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { loadItem } from '../../server/src/engine/dataset/streaming/itemLoading';
import { labelledItems } from '../../server/src/engine/dataset/streaming/labelledItems';
import type { Experiment } from '../../server/src/engine/experiment/experimentSchema';
import { classScores, countPixels, emptyConfusion } from '../../server/src/engine/metrics/confusion';
import { trainingKey } from '../adaptation/comparisonPlan';
import { trainRow } from '../adaptation/rowTraining';
import type { RowResult } from './labellingTable';
import { measuredSize, scoreRun } from './proposalScores';
import { experimentOn, type SeededRow } from './roundRows';
import type { Learner } from './simpleLearners';
import { writtenDefinitions } from './writtenFolder';
import type { Trial } from './trials';

export interface TrainingLimits {
  readonly threads: number;
  /** The time, as `performance.now` tells it, at which training is stopped. */
  readonly deadline: number;
}

/** Trains a network on the labels of a trial, or goes on with it, and measures it; undefined where time was up. */
export async function networkResult(
  { folder, size, runs, labelled, others }: Trial,
  classes: ClassList,
  wanted: SeededRow,
  limits: TrainingLimits,
): Promise<RowResult | undefined> {
  const experiment = experimentOn({ folder, size, approved: labelled.length }, classes, wanted);
  const run = path.join(runs, trainingKey(experiment));
  const trained = await trainInto(run, experiment, limits);
  return trained && { ...trained, scores: await scoreRun(run, others, classes, limits.threads) };
}

/**
 * Trains a network into a folder, or goes on with it.
 * @returns the seconds of processor time that it took, or undefined where time was up
 */
export async function trainInto(
  run: string,
  experiment: Experiment,
  limits: TrainingLimits,
): Promise<Pick<RowResult, 'seconds'> | undefined> {
  const before = process.cpuUsage();
  const finished = await trainRow(experiment, { folder: run, ...limits });
  const { user, system } = process.cpuUsage(before);
  const seconds = await addSeconds(`${run}.seconds`, (user + system) / 1e6);
  return finished ? { seconds } : undefined;
}

/** Adds to the seconds that a file keeps for a run that may go on another time. */
async function addSeconds(file: string, more: number): Promise<number> {
  const before = Number(await readFile(file, 'utf8').catch(() => '0'));
  await writeFile(file, String(before + more));
  return before + more;
}

/** What a simple learner makes of the labels of a trial, at the size at which classes are compared. */
export async function simpleResult({ folder, others }: Trial, classes: ClassList, learn: Learner): Promise<RowResult> {
  const read = { size: measuredSize, fit: 'exact' } as const;
  const written = resolveClasses(writtenDefinitions(classes));
  const items = await labelledItems({ layout: 'labelless', root: folder, masks: 'approved' }, '', 'source', written);
  const labelled = await Promise.all(items.map(item => loadItem(item, written, read)));
  const wanted = await Promise.all(others.map(item => loadItem(item, classes, read)));
  const found = await learn(
    labelled.map(({ picture, labels }) => ({ picture, labels: labels! })),
    wanted.map(({ picture }) => picture),
  );
  const confusion = emptyConfusion(classes.definitions.length);
  wanted.forEach(({ labels }, n) => {
    countPixels(confusion, labels!, found.classes[n]!);
  });
  return { scores: { 'one prediction': classScores(confusion) }, seconds: found.seconds };
}
