import path from 'node:path';
import type { EvaluationResult } from '../../../../protocol/trainingRun';
import { trainedSize } from '../experiment/trainedSize';
import type { Backend } from '../backend/session';
import { openExperimentData } from '../dataset/streaming/openExperimentData';
import { classScores, isEmptyConfusion, rowsOf } from '../metrics/confusion';
import { readCheckpoint, readCheckpointInUse } from './run/checkpoint';
import type { Example } from '../dataset/streaming/experimentData';
import { evaluateModel, openModel } from './prediction/model';
import { readRun } from './run/readRun';
import { readRunExperiment } from './run/runFolder';
import { readExperimentFile } from '../experiment/experimentFile';
import type { Experiment } from '../experiment/experimentSchema';
import { holdOutShare } from '../experiment/holdOut';

/** What measuring a run needs, whichever way. */
export interface MeasureOptions {
  readonly openBackend: () => Promise<Backend>;
  readonly signal: AbortSignal;
  /** Receives the number of pictures evaluated so far. */
  readonly onPicture: (pictures: number) => void;
  /** Receives a line for each picture that is left out. */
  readonly onProblem: (line: string) => void;
}

export interface RunEvaluationOptions extends MeasureOptions {
  /** `used`: the one that pictures are segmented with. */
  readonly checkpoint: 'used' | 'last' | 'best';
}

/**
 * The experiment of a run, with the evaluation that its file names now: it may have been given one, or its pictures may
 * have moved, since the run was trained.
 * @throws Error where there is none, and no pictures are held out either
 */
export async function experimentToMeasure(folder: string, file: string | undefined): Promise<Experiment> {
  const { evaluation: before, ...trained } = (await readRunExperiment(folder))!;
  const now = file === undefined ? undefined : await readExperimentFile(file).catch(() => undefined);
  const evaluation = now?.folder === folder ? now.experiment.evaluation : before;
  if (evaluation) return { ...trained, evaluation };
  if (holdOutShare(trained) > 0) return trained;
  throw nothingToMeasureOn(path.basename(folder));
}

function nothingToMeasureOn(run: string): Error {
  return new Error(`${run}: its experiment names no labelled pictures to measure on; give it an evaluation`);
}

/** The folder that paths in a run's experiment are relative to. */
export function baseOf(folder: string, file: string | undefined): string {
  return file === undefined ? folder : path.dirname(file);
}

/**
 * Evaluates a training run's network on the labelled target pictures that its experiment names, else on the source
 * pictures that it holds out.
 * @throws Error that says what is missing; AbortError once `signal` is aborted
 */
export async function evaluateRun(
  folder: string,
  { checkpoint: which, openBackend, signal, onPicture, onProblem }: RunEvaluationOptions,
): Promise<EvaluationResult> {
  const { run, classes } = await readRun(folder);
  const experiment = await experimentToMeasure(folder, run.experiment);
  const checkpoint = await (which === 'used' ? readCheckpointInUse(folder, experiment) : readCheckpoint(folder, which));
  if (!checkpoint) throw new Error(`${run.name} has no checkpoint yet; train it first`);
  const data = await openExperimentData(experiment, baseOf(folder, run.experiment), {
    signal,
    onProblem: ({ file, reason }) => {
      onProblem(`${file}: ${reason}`);
    },
    onRemark: ({ file, reason }) => {
      onProblem(`${file}: ${reason}`);
    },
  });
  const [width, height] = trainedSize(experiment);
  const model = await openModel(await openBackend(), experiment, classes.length, height, width);
  try {
    await model.load(checkpoint.tensors);
    let pictures = 0;
    const counted = async function* (examples: AsyncIterable<Example>) {
      for await (const example of examples) {
        signal.throwIfAborted();
        yield example;
        onPicture(++pictures);
      }
    };
    const of = experiment.evaluation ? 'target' : 'heldOut';
    const examples = of === 'target' ? data.evaluation() : data.heldOut();
    const confusion = await evaluateModel(model, counted(examples), classes.length);
    if (of === 'heldOut' && pictures === 0) throw nothingToMeasureOn(run.name);
    if (isEmptyConfusion(confusion))
      throw new Error(
        `${run.name}: none of the ${pictures} pictures to measure on has a pixel of a class; ` +
          `check the labels that the ${of === 'target' ? 'evaluation' : 'source'} of its experiment names`,
      );
    return {
      run,
      of,
      step: checkpoint.step,
      pictures,
      classes,
      ...classScores(confusion),
      confusion: rowsOf(confusion),
    };
  } finally {
    await model.dispose();
  }
}
