import path from 'node:path';
import type { PreparedRoundInfo, ProposalOutcome } from '../../../protocol/learningMessages';
import type { Settings } from '../../../protocol/settings';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { ModelCache } from '../engine/adaptation/prediction/modelCache';
import { counted } from '../engine/common/counted';
import { readExperimentFile } from '../engine/experiment/experimentFile';
import { roundOf } from '../engine/learning/learningRounds';
import { prepareRound } from '../engine/learning/prepareRound';
import { mayPropose, proposeImages } from '../engine/learning/proposeImages';
import { undoRound } from '../engine/learning/undoRound';
import { listAllImages } from '../engine/session/listImages';
import { StatusReader } from '../engine/session/statusReader';
import { trainWithDisplay } from './displayedTraining';
import { backendOpener } from '../batch/backendOpener';
import { failureLine } from './segmentReport';
import { printOut } from './standardStreams';
import { interruptedStatus, onInterrupt, printable } from './terminal';

/** The arguments of `labelless learn`. */
interface LearnOptions {
  readonly folder: string;
  /** The folder of the masks, as for `labelless segment`; undefined: beside the images. */
  readonly output: string | undefined;
  /** The training steps, where they are not to be the usual number. */
  readonly steps: number | undefined;
  /** The most images that get a proposal, in order of names. */
  readonly limit: number;
  readonly json: boolean;
  readonly settings: Settings;
}

/**
 * `labelless learn`: trains a network on the approved masks of a folder and proposes masks for its other images. The
 * exit status is 1 when an image could not be given one.
 */
export async function learnFromMasks({ folder, output, steps, limit, json, settings }: LearnOptions): Promise<number> {
  const interrupt = onInterrupt();
  const stop = new AbortController();
  const maskFolder = output === undefined ? '' : path.resolve(output);
  try {
    const { signal: cancel } = interrupt;
    const round = await prepareRound(folder, { maskFolder, steps, limits: settings.limits, cancel });
    process.stderr.write(`labelless: round ${round.number} learns from ${counted(round.labelled, 'labelled image')}\n`);
    const experiment = await readExperimentFile(round.experiment);
    const run = await trainWithDisplay(experiment, settings, { mode: 'new', acceptChanges: false, stop: cancel });
    if (run.state === 'stopped') {
      process.stderr.write('labelless: stopped behind a checkpoint; nothing was proposed\n');
      return interruptedStatus;
    }
    const signals = { stop: stop.signal, cancel };
    const outcomes = await propose(folder, round, { settings, signals, maskFolder, limit });
    if (json) printOut(`${JSON.stringify(report(round, run, outcomes))}\n`);
    else printOut(summary(round, outcomes));
    for (const outcome of outcomes)
      if ('error' in outcome) process.stderr.write(`${failureLine({ name: '', reason: outcome.error })}\n`);
    return outcomes.some(outcome => 'error' in outcome) ? 1 : 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write(
      'labelless: interrupted; proposals already written stay, labelless learn --undo takes them back\n',
    );
    return interruptedStatus;
  } finally {
    interrupt.release();
  }
}

interface ProposeOptions {
  readonly settings: Settings;
  readonly signals: { readonly stop: AbortSignal; readonly cancel: AbortSignal };
  readonly maskFolder: string;
  readonly limit: number;
}

async function propose(
  folder: string,
  round: PreparedRoundInfo,
  { settings, signals, maskFolder, limit }: ProposeOptions,
): Promise<ProposalOutcome[]> {
  const reader = new StatusReader();
  const folderOfMask = (relative: string) => path.join(maskFolder || folder, path.dirname(relative));
  const listing = { recursive: false, maskFolder: folderOfMask, cancel: signals.cancel };
  const listed = await listAllImages(folder, reader, listing);
  const untouched = listed.images.filter(({ status }) => mayPropose(status)).map(image => image.path);
  const models = new ModelCache();
  const services = { openBackend: backendOpener(settings), models };
  const outcomes: ProposalOutcome[] = [];
  try {
    const images = untouched.slice(0, limit);
    const context = { settings, maskFolder: folderOfMask, services, signals, reader };
    for await (const outcome of proposeImages(folder, roundOf(folder, round.number), images, context))
      outcomes.push(outcome);
  } finally {
    await models.dispose();
  }
  return outcomes;
}

function report(
  { number, labelled, after }: PreparedRoundInfo,
  run: TrainingRun,
  outcomes: readonly ProposalOutcome[],
) {
  return { round: number, labelled, ...(after !== undefined && { after }), run, images: outcomes };
}

function summary({ number, run }: PreparedRoundInfo, outcomes: readonly ProposalOutcome[]): string {
  const proposed = outcomes.filter(outcome => 'proposed' in outcome).length;
  return `round ${number}: ${counted(proposed, 'proposal')} → ${printable(path.relative('', run) || '.')}\n`;
}

/** `labelless learn --undo`: takes the proposals of the last round back. */
export async function undoLearning({
  folder,
  output,
  json,
}: Omit<LearnOptions, 'settings' | 'steps' | 'limit'>): Promise<number> {
  const folderOfMask = (relative: string) => path.join(output ?? folder, path.dirname(relative));
  const undone = await undoRound(folder, folderOfMask);
  const { number, restored, left, failures } = undone;
  const kept = left.length > 0 ? `; ${counted(left.length, 'image')} changed since then are left as they are` : '';
  printOut(
    json
      ? `${JSON.stringify(undone)}\n`
      : `round ${number}: ${counted(restored.length, 'image')} as before it${kept}\n`,
  );
  for (const reason of failures) process.stderr.write(`${failureLine({ name: folder, reason })}\n`);
  return failures.length > 0 ? 1 : 0;
}
