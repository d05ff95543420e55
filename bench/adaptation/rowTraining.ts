import path from 'node:path';
import { describeRun } from '../../server/src/engine/adaptation/run/describeRun';
import { lockRun } from '../../server/src/engine/adaptation/run/runLock';
import { readLog } from '../../server/src/engine/adaptation/run/runLog';
import { trainExperiment } from '../../server/src/engine/adaptation/trainExperiment';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import { openExperimentData } from '../../server/src/engine/dataset/streaming/openExperimentData';
import type { Experiment } from '../../server/src/engine/experiment/experimentSchema';
import type { TrainingPoint } from '../../protocol/trainingPoint';

export interface RowTrainingOptions {
  readonly folder: string;
  readonly threads: number;
  /** The time, as `performance.now` tells it, at which the run is stopped. */
  readonly deadline: number;
}

/** Trains a network, or continues its training. Returns whether it was finished in time. */
export async function trainRow(
  experiment: Experiment,
  { folder, threads, deadline }: RowTrainingOptions,
): Promise<boolean> {
  const before = await describeRun(folder);
  if (before?.state === 'finished' && before.checkpoint === before.steps) return true;
  if (performance.now() > deadline) return false;
  const tell = (line: string) => {
    console.error(`${path.basename(folder)}: ${line}`);
  };
  const [stop, cancel] = [new AbortController(), new AbortController()];
  const release = await lockRun(folder);
  try {
    const run = trainExperiment(experiment, {
      folder,
      mode: 'resume',
      data: await openExperimentData(experiment, '', {
        onProblem: ({ file, reason }) => {
          tell(`${file}: ${reason}`);
        },
        threads: 1,
      }),
      openBackend: () => openBackend('cpu', { threads }),
      signals: { stop: stop.signal, cancel: cancel.signal },
      log: tell,
    });
    for (;;) {
      const { value, done } = await run.next();
      if (performance.now() > deadline) stop.abort();
      if (done) return value.state === 'finished';
      value.points
        .filter(({ evaluation }) => evaluation)
        .forEach(point => {
          tell(describePoint(point));
        });
    }
  } finally {
    await release();
  }
}

function describePoint({ step, evaluation, losses, secondsPerStep }: TrainingPoint): string {
  return [
    `step ${step}`,
    ...(evaluation ? [`mIoU ${evaluation.mIoU.toFixed(3)}`] : []),
    ...Object.entries(losses).map(([name, loss]) => `${name} ${loss.toFixed(3)}`),
    `${secondsPerStep.toFixed(2)} s a step`,
  ].join(', ');
}

/** What a finished run took. */
export interface TrainingTime {
  readonly secondsPerStep: number;
  /** All of it, saving and measuring on the frames for tuning included. */
  readonly minutes: number;
}

/** Reads what a run took from its log. */
export async function trainingTime(folder: string): Promise<TrainingTime> {
  let [inSteps, inAll, before] = [0, 0, 0];
  for (const { step, secondsPerStep, seconds } of await readLog(folder)) {
    const trained = secondsPerStep * (step - before);
    inSteps += trained;
    inAll += seconds ?? trained;
    before = step;
  }
  return { secondsPerStep: inSteps / before, minutes: inAll / 60 };
}
