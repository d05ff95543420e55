import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openCpu } from '../backend/cpu';
import type { Backend } from '../backend/session';
import { experimentSchema, strategyNames, type Experiment } from './experiment';
import { readLog, describeRun } from './runFolder';
import { trainExperiment, type TrainingProgress } from './run';
import { memoryData, type Pictures } from './testing/memoryData';
import { street, streetClasses } from './testing/streets';

const [width, height] = [48, 32];
const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index);
const pictures: Pictures = {
  classes: streetClasses,
  source: range(12).map(seed => street(width, height, seed, 'day')),
  target: range(12, 100).map(seed => street(width, height, seed, 'night').picture),
  evaluation: range(4, 200).map(seed => street(width, height, seed, 'night')),
};

function experimentOf(strategy: Experiment['adaptation']['strategy'], steps: number): Experiment {
  return experimentSchema.parse({
    source: {}, target: { images: 'night' }, classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
    network: { channels: 4 }, adaptation: { strategy, discriminatorChannels: 4 },
    training: { steps, batch: 2, size: [width, height] }, evaluation: { every: 8 }, output: { checkpointEvery: 8, previews: 1 },
  });
}

const never: (step: number) => boolean = () => false;

/** Trains to the end, or until `until` says stop; answers the log. */
async function train(folder: string, experiment: Experiment, { resume = false, until = never, openBackend = (): Promise<Backend> => openCpu(1) } = {}) {
  const [stop, cancel] = [new AbortController(), new AbortController()];
  let step = 0;
  const pause = () => {
    if (until(++step)) stop.abort();
    return undefined;
  };
  const news: TrainingProgress[] = [];
  const run = trainExperiment(experiment, {
    folder, resume, data: memoryData(experiment, pictures), openBackend, signals: { stop: stop.signal, cancel: cancel.signal, pause },
  });
  for (;;) {
    const { value, done } = await run.next();
    if (done) return { description: value, news, points: await readLog(folder) };
    news.push(value);
  }
}

const withoutTimes = (points: Awaited<ReturnType<typeof readLog>>) => points.map(point => ({ ...point, secondsPerStep: 0 }));

suite('training runs', () => {
  let root: string;
  setup(async () => { root = await mkdtemp(path.join(os.tmpdir(), 'labelless-run-')); });
  teardown(() => rm(root, { recursive: true, force: true }));

  for (const strategy of strategyNames) {
    test(`${strategy}: stopped and resumed gives the losses and weights of the uninterrupted run`, async () => {
      const [whole, broken] = [path.join(root, 'whole'), path.join(root, 'broken')];
      const experiment = experimentOf(strategy, 21);
      const uninterrupted = await train(whole, experiment);
      const stopped = await train(broken, experiment, { until: step => step > 13 });
      assert.equal(stopped.description.state, 'stopped');
      assert.equal((await describeRun(broken))?.step, 10);
      const resumed = await train(broken, experiment, { resume: true });
      assert.equal(resumed.description.state, 'finished');
      assert.deepEqual(withoutTimes(resumed.points), withoutTimes(uninterrupted.points));
      assert.deepEqual(resumed.points.map(point => point.step), [8, 10, 16, 20, 21]);
      const last = 'checkpoints/step-000021.safetensors';
      assert.ok((await readFile(path.join(whole, last))).equals(await readFile(path.join(broken, last))));
    }).timeout(20000);
  }
});
