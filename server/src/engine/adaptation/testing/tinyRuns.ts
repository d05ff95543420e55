import path from 'node:path';
import type { TrainingPoint } from '../../../../../protocol/trainingPoint';
import { openCpu } from '../../backend/onnxBackends';
import type { Backend } from '../../backend/session';
import type { ExperimentData } from '../../dataset/streaming/experimentData';
import { memoryData, type Pictures } from '../../dataset/testing/memoryData';
import { street, streetClasses } from '../../dataset/testing/streets';
import { experimentSchema, type Experiment } from '../../experiment/experimentSchema';
import type { RunMode } from '../run/beginRun';
import { readLog } from '../run/runLog';
import { trainExperiment, type TrainingProgress } from '../trainExperiment';

export const [width, height] = [48, 32];
const range = (count: number, from: number) => Array.from({ length: count }, (_, index) => from + index);

/** Streets by day to learn from, and streets by night to adapt to. */
export const tinyPictures: Pictures = {
  classes: streetClasses,
  source: range(12, 0).map(seed => street(width, height, seed, 'day')),
  target: range(12, 100).map(seed => street(width, height, seed, 'night').picture),
  evaluation: range(4, 200).map(seed => street(width, height, seed, 'night')),
};

export function tinyExperiment(
  strategy: Experiment['adaptation']['strategy'],
  steps: number,
  training: object = {},
): Experiment {
  return experimentSchema.parse({
    source: {},
    target: { images: 'night' },
    classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
    network: { channels: 4 },
    adaptation: { strategy, discriminatorChannels: 4 },
    training: { steps, batch: 2, size: [width, height], ...training },
    evaluation: { every: 8 },
    output: { checkpointEvery: 8, previews: 1 },
  });
}

const never: (step: number) => boolean = () => false;

/** Trains to the end, or until `until` returns true before a step; returns the log. */
export async function trainTiny(
  folder: string,
  experiment: Experiment,
  {
    resume = false,
    mode = resume ? ('resume' as const) : ('new' as const),
    until = never,
    openBackend = (): Promise<Backend> => openCpu(1),
    data = memoryData(experiment, tinyPictures),
    base = '',
    log = (): void => undefined,
  }: {
    resume?: boolean;
    mode?: RunMode;
    until?: (step: number) => boolean;
    openBackend?: () => Promise<Backend>;
    data?: ExperimentData;
    /** The folder that the experiment's paths are relative to. */
    base?: string;
    log?: (line: string) => void;
  } = {},
) {
  const [stop, cancel] = [new AbortController(), new AbortController()];
  let asked = 0;
  const pause = () => {
    if (until(++asked)) stop.abort();
    return undefined;
  };
  const progress: TrainingProgress[] = [];
  const run = trainExperiment(experiment, {
    folder,
    base,
    mode,
    data,
    openBackend,
    log,
    signals: { stop: stop.signal, cancel: cancel.signal, pause },
  });
  for (;;) {
    const { value, done } = await run.next();
    if (done) return { description: value, progress, points: await readLog(folder) };
    progress.push(value);
  }
}

export const withoutTimes = (points: readonly TrainingPoint[]) =>
  points.map(point => ({ ...point, secondsPerStep: 0, seconds: 0 }));
export const checkpointOf = (folder: string, step: number) =>
  path.join(folder, 'checkpoints', `step-${String(step).padStart(6, '0')}.safetensors`);
