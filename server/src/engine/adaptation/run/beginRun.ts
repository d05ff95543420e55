import path from 'node:path';
import { writeAtomically } from '../../../../../files/atomic';
import { describeChanges, type DataListing } from '../../dataset/streaming/dataListing';
import type { Experiment } from '../../experiment/experimentSchema';
import { isTrainingRun, runFiles, runFolders } from '../../experiment/trainingRunMark';
import { readCheckpoint, type Checkpoint } from './checkpoint';
import { makeFolder } from './makeFolder';
import { checkKinds, checkNothingInTheWay, tidyRunFolders } from './ownRunFiles';
import { repairReplacedRun, replaceRun } from './replaceRun';
import { filesOfNewRun, filesOfResumedRun, readRunClasses, readRunExperiment, readRunListing } from './runFolder';
import type { RunStart } from './runFolder';
import { logOf, readLog } from './runLog';
import { findChangedSetting } from './settingChanges';

/** Whether a run in the folder is an error, is resumed, or is replaced. */
export type RunMode = 'new' | 'resume' | 'replace';

/** The error for a folder that holds a training run already, which was neither to be resumed nor replaced. */
export class RunExistsError extends Error {}

/** The error for a run whose data changed since it began, and which was to be resumed without regard to that. */
export class DataChangedError extends Error {}

export interface BeginOptions extends Omit<RunStart, 'listing'> {
  readonly mode: RunMode;
  /** Resumes a run although its data changed. */
  readonly acceptChanges: boolean;
  readonly listing: () => Promise<DataListing>;
  /** Receives a line about what was found in the folder. */
  readonly log: (line: string) => void;
}

/** A run that may begin; nothing has been written yet. */
export interface PlannedRun {
  /** The checkpoint to resume from. A run without one begins with its first step. */
  readonly from: Checkpoint | undefined;
  /**
   * Writes the first files of the run. In place of an earlier run, which is deleted only once they stand, this is to
   * be called when nothing stands in the way of training any more.
   * @throws WriteError, with the folder as it was
   */
  readonly begin: () => Promise<void>;
}

/**
 * Examines whether a run may begin, or be resumed, in a folder that is locked for this process.
 * @throws RunExistsError; DataChangedError; Error for a folder in which files of others would be overwritten, and for a
 * run of another experiment
 */
export async function planRun(folder: string, options: BeginOptions): Promise<PlannedRun> {
  const { experiment, classes, origin, mode, log } = options;
  checkOrigin(folder, origin);
  if (await repairReplacedRun(folder)) log('the replacement of the run was interrupted; the run is as it was before');
  if (!(await isTrainingRun(folder))) {
    if (mode === 'resume') await checkNotDamaged(folder);
    await checkNothingInTheWay(folder);
    return { from: undefined, begin: newRun(folder, options, await options.listing()) };
  }
  if (mode === 'new')
    throw new RunExistsError(`${folder} holds a run already; resume it, delete it, or name another output.folder`);
  await checkKinds(folder);
  await tidyRunFolders(folder);
  const from = mode === 'resume' ? await resumable(folder, experiment) : undefined;
  const listing = await options.listing();
  if (!from) return { from, begin: () => replaceRun(folder, newRun(folder, options, listing)) };
  await checkData(folder, listing, options);
  const points = await readLog(folder, from.step);
  const files = new Map([
    ...logOf(folder, points, classes),
    ...filesOfResumedRun(folder, { experiment, listing, ...(origin !== undefined && { origin }) }),
  ]);
  return { from, begin: () => writeAtomically(files, { links: 'replace' }) };
}

function newRun(folder: string, start: Omit<RunStart, 'listing'>, listing: DataListing): () => Promise<void> {
  return async () => {
    await makeFolder(folder);
    await writeAtomically(filesOfNewRun(folder, { ...start, listing }), { links: 'replace' });
  };
}

/** An experiment file may be called as one of a run's files is. */
function checkOrigin(folder: string, origin: string | undefined): void {
  if (origin === undefined) return;
  const [first = ''] = path.relative(folder, origin).split(path.sep);
  if (Object.values<string>({ ...runFiles, ...runFolders }).includes(first))
    throw new Error(
      `${origin} lies where the run would write; give the experiment file another name, or name another output.folder`,
    );
}

/** @throws Error for a folder that holds a run which is damaged */
async function checkNotDamaged(folder: string): Promise<void> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (experiment && !classes)
    throw new Error(`${path.join(folder, runFiles.classes)} is missing; restore it, or train into another folder`);
}

/** Finds the checkpoint to resume from. @throws Error where the run cannot be read, or has other settings */
async function resumable(folder: string, now: Experiment): Promise<Checkpoint | undefined> {
  const before = (await readRunExperiment(folder))!;
  const change = findChangedSetting(before, now, (await readRunListing(folder)) !== undefined);
  if (change)
    throw new Error(
      `${folder} cannot be resumed: ${change.part} is not what it was when the run began (${change.setting}); ` +
        'put it back, or name another output.folder',
    );
  return await readCheckpoint(folder);
}

/** @throws DataChangedError */
async function checkData(
  folder: string,
  listing: DataListing,
  { acceptChanges, log }: Pick<BeginOptions, 'acceptChanges' | 'log'>,
): Promise<void> {
  const before = await readRunListing(folder);
  const changes = before ? describeChanges(before, listing) : [];
  if (changes.length === 0) return;
  const message = `the data are not what they were when the run began: ${changes.join('; ')}`;
  if (!acceptChanges) throw new DataChangedError(`${folder} is not resumed: ${message}`);
  log(`resumed although ${message}`);
}
