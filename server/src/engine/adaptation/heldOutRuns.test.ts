import assert from 'node:assert/strict';
import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { TrainingPoint } from '../../../../protocol/trainingPoint';
import { openCpu } from '../backend/onnxBackends';
import type { ExperimentData } from '../dataset/streaming/experimentData';
import { memoryData } from '../dataset/testing/memoryData';
import { street, streetClasses } from '../dataset/testing/streets';
import { experimentSchema } from '../experiment/experimentSchema';
import { holdOutShare } from '../experiment/holdOut';
import { openAdaptedModel } from './prediction/adaptedModel';
import { readCheckpoint } from './run/checkpoint';
import { describeRun } from './run/describeRun';
import { readRunExperiment } from './run/runFolder';
import { readLog } from './run/runLog';
import { trainExperiment } from './trainExperiment';

const size = 32;
const streets = (count: number, from: number) =>
  Array.from({ length: count }, (_, index) => street(size, size, from + index, 'day'));
const pictures = {
  classes: streetClasses,
  source: streets(12, 0),
  target: streets(4, 100).map(({ picture }) => picture),
  evaluation: [],
  heldOut: streets(3, 200),
};

const experiment = (changes: { source?: object; network?: object; adaptation?: object; evaluation?: object } = {}) =>
  experimentSchema.parse({
    source: {},
    target: { images: 'night' },
    classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
    network: { channels: 4 },
    training: { steps: 20, batch: 2, size: [size, size] },
    output: { checkpointEvery: 4, keep: 9, previews: 0 },
    ...changes,
    adaptation: { strategy: 'none', ...changes.adaptation },
  });

/** Trains, until `until` returns true before a step; returns the log. */
async function train(
  folder: string,
  settings = experiment(),
  {
    data = memoryData(settings, pictures),
    resume = false,
    until = () => false,
  }: { data?: ExperimentData; resume?: boolean; until?: (step: number) => boolean } = {},
): Promise<TrainingPoint[]> {
  const stop = new AbortController();
  let asked = 0;
  const run = trainExperiment(settings, {
    folder,
    mode: resume ? 'resume' : 'new',
    data,
    openBackend: () => openCpu(1),
    signals: {
      stop: stop.signal,
      cancel: new AbortController().signal,
      pause: () => {
        if (until(++asked)) stop.abort();
        return undefined;
      },
    },
  });
  while (!(await run.next()).done);
  return readLog(folder);
}

/** Gives data all of whose held-out pixels are of one class, of another one at each evaluation. */
function withTurns(data: ExperimentData, turns: readonly number[]): ExperimentData {
  let evaluations = 0;
  return {
    ...data,
    async *heldOut() {
      const label = turns[evaluations++];
      for await (const example of data.heldOut())
        yield { ...example, labels: { shape: example.labels!.shape, data: example.labels!.data.map(() => label) } };
    },
  };
}

const scores = (points: readonly TrainingPoint[]) =>
  points.flatMap(({ step, heldOut }) => (heldOut ? [{ step, mIoU: heldOut.mIoU }] : []));
const bestOf = (points: readonly TrainingPoint[]) =>
  scores(points).reduce((best, each) => (each.mIoU >= best.mIoU ? each : best));
const checkpoint = (folder: string, name: string) => path.join(folder, 'checkpoints', `${name}.safetensors`);

suite('pictures held out from a run', () => {
  let root: string;
  let folder: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-heldout-'));
    folder = path.join(root, 'run');
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  test('are scored at each checkpoint; the highest score chooses the best one, which segments', async () => {
    // No pixel is of class 255, so that evaluations with it have no score.
    const data = withTurns(memoryData(experiment(), pictures), [4, 3, 4, 255, 4]);
    const points = await train(folder, experiment(), { data });
    assert.deepEqual(
      scores(points).map(({ step }) => step),
      [4, 8, 12, 20],
    );
    const { step, mIoU } = bestOf(points);
    const best = (await readCheckpoint(folder, 'best'))!;
    assert.deepEqual([best.step, best.heldOut], [step, mIoU]);
    assert.deepEqual(best.tensors, (await readTensors(step)).tensors);
    const run = (await describeRun(folder))!;
    assert.deepEqual([run.best, run.checkpoint], [{ step, heldOutMIoU: mIoU }, 20]);
    assert.equal(run.heldOutMIoU, scores(points).at(-1)!.mIoU);
    assert.notEqual(step, 20);
    assert.equal(await stepInUse(), step);
    await rm(checkpoint(folder, 'best'));
    assert.equal((await describeRun(folder))?.best, undefined);
    assert.equal(await stepInUse(), 20);
  });

  async function stepInUse(): Promise<number> {
    const model = await openAdaptedModel(folder, () => openCpu(1), 3000);
    await model.dispose();
    return model.step;
  }

  async function readTensors(step: number) {
    const copy = path.join(root, 'copy');
    await rm(copy, { recursive: true, force: true });
    await mkdir(path.join(copy, 'checkpoints'), { recursive: true });
    const name = `step-${String(step).padStart(6, '0')}`;
    await copyFile(checkpoint(folder, name), checkpoint(copy, name));
    return (await readCheckpoint(copy))!;
  }

  test('a run that is stopped, or killed, and resumed has the same scores and the same best checkpoint', async () => {
    const whole = await train(path.join(root, 'whole'));
    await train(folder, experiment(), { until: step => step > 10 });
    assert.deepEqual(scores(await train(folder, experiment(), { resume: true })), scores(whole));
    const same = async () =>
      (await readFile(checkpoint(folder, 'best'))).equals(await readFile(checkpoint(path.join(root, 'whole'), 'best')));
    const { step } = bestOf(whole);
    assert.equal((await readCheckpoint(folder, 'best'))?.step, step);

    // A kill after the last evaluation leaves the best checkpoint, and the log, of steps that are trained again.
    await rm(folder, { recursive: true });
    await train(folder);
    for (const name of ['step-000020', 'step-000016']) await rm(checkpoint(folder, name));
    assert.deepEqual(scores(await train(folder, experiment(), { resume: true })), scores(whole));
    assert.ok(await same());
  });

  test('none is kept where the strategy adapts, or where there is an evaluation, unless it is asked for', async () => {
    const evaluation = { every: 10 };
    const evaluated = { ...pictures, evaluation: streets(2, 300) };
    for (const [changes, expected] of [
      [{ evaluation }, []],
      [{ evaluation, source: { holdOut: 0.2 } }, [10, 20]],
      [{ adaptation: { strategy: 'self-training' } }, []],
      [{ adaptation: { strategy: 'self-training' }, source: { holdOut: 0.2 } }, [4, 8, 12, 16, 20]],
    ] as const) {
      const settings = experiment(changes);
      const points = await train(folder, settings, { data: memoryData(settings, evaluated) });
      assert.deepEqual(
        scores(points).map(({ step }) => step),
        expected,
      );
      const adapts = 'adaptation' in changes;
      const best = (await readCheckpoint(folder, 'best'))!;
      assert.equal(best.heldOut, expected.length > 0 ? bestOf(points).mIoU : undefined);
      const inUse = await stepInUse();
      assert.equal(inUse, adapts || expected.length === 0 ? 20 : best.step);
      await rm(folder, { recursive: true });
    }
    const network = { name: 'efficientnet-lite0' };
    for (const key of ['targetStatistics', 'targetHistograms', 'targetAmplitudes'])
      assert.equal(holdOutShare(experiment({ network, adaptation: { strategy: 'none', [key]: 0.4 } })), 0, key);
    assert.equal(holdOutShare(experiment({ network, adaptation: { strategy: 'none' } })), 0.1);
  }).timeout(30000);

  test('another share is another setting; the share in use is in the folder', async () => {
    await train(folder);
    assert.equal((await readRunExperiment(folder))?.source.holdOut, 0.1);
    await assert.rejects(
      train(folder, experiment({ source: { holdOut: 0.25 } }), { resume: true }),
      /cannot be resumed: source is not what it was when the run began \(source\.holdOut was 0\.1 and is 0\.25\)/,
    );
  });

  test('where none has a labelled pixel the lowest training loss chooses the best one, and the last one segments', async () => {
    const points = await train(folder, experiment(), { data: memoryData(experiment(), { ...pictures, heldOut: [] }) });
    assert.deepEqual(scores(points), []);
    const best = (await readCheckpoint(folder, 'best'))!;
    assert.deepEqual([best.heldOut, best.loss], [undefined, best.best]);
    assert.equal(await stepInUse(), 20);
  });
});
