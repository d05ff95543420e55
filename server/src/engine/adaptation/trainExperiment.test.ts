import assert from 'node:assert/strict';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, truncate } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openCpu } from '../backend/onnxBackends';
import type { Program } from '../graph';
import { strategyNames } from '../experiment/adaptationSchema';
import { memoryData } from '../dataset/testing/memoryData';
import { street } from '../dataset/testing/streets';
import { checkHierarchy } from '../../../../mask/regions/hierarchy';
import { mergesAt } from '../../../../mask/regions/cut';
import { checkRegions } from '../../../../mask/regions/regionMap';
import type { TrainingPoint } from '../../../../protocol/trainingPoint';
import { openAdaptedModel } from './prediction/adaptedModel';
import { classesByRegion } from './prediction/predictedRegions';
import { ModelCache } from './prediction/modelCache';
import { describeRun } from './run/describeRun';
import { checkpointOf, tinyExperiment, tinyPictures, trainTiny, withoutTimes } from './testing/tinyRuns';

suite('training runs', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-run-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  for (const strategy of strategyNames) {
    test(`${strategy}: stopped and resumed gives the losses and weights of the uninterrupted run`, async () => {
      const [whole, broken] = [path.join(root, 'whole'), path.join(root, 'broken')];
      const experiment = tinyExperiment(strategy, 21);
      const uninterrupted = await trainTiny(whole, experiment);
      const stopped = await trainTiny(broken, experiment, { until: step => step > 13 });
      assert.equal(stopped.description.state, 'stopped');
      assert.equal((await describeRun(broken))?.step, 13);
      const resumed = await trainTiny(broken, experiment, { resume: true });
      assert.equal(resumed.description.state, 'finished');
      assert.deepEqual(withoutTimes(resumed.points), withoutTimes(uninterrupted.points));
      assert.deepEqual(
        resumed.points.map(point => point.step),
        [8, 10, 16, 20, 21],
      );
      assert.ok((await readFile(checkpointOf(whole, 21))).equals(await readFile(checkpointOf(broken, 21))));
      assert.deepEqual((await readdir(path.join(whole, 'checkpoints'))).sort(), [
        'best.safetensors',
        'step-000016.safetensors',
        'step-000021.safetensors',
      ]);
    }).timeout(60000);
  }

  test('killed while it wrote, it resumes from the last whole checkpoint', async () => {
    const [whole, killed] = [path.join(root, 'whole'), path.join(root, 'killed')];
    const experiment = tinyExperiment('none', 21);
    const { points } = await trainTiny(whole, experiment);
    await cp(whole, killed, { recursive: true });
    await truncate(checkpointOf(killed, 21), 1000);
    await appendFile(path.join(killed, 'log.jsonl'), '{"step":22,"st');
    const resumed = await trainTiny(killed, experiment, { resume: true });
    assert.deepEqual(withoutTimes(resumed.points), withoutTimes(points));
    assert.ok((await readFile(checkpointOf(whole, 21))).equals(await readFile(checkpointOf(killed, 21))));
    assert.equal(
      (await readFile(path.join(killed, 'metrics.csv'), 'utf8')).trim().split('\n').length,
      1 + points.length,
    );
  }).timeout(60000);

  test('what it looks at can fail, and what it cannot log; nothing that was learned is lost', async () => {
    const [whole, broken] = [path.join(root, 'whole'), path.join(root, 'broken')];
    const experiment = tinyExperiment('none', 21);
    const expected = await trainTiny(whole, experiment);
    const lines: string[] = [];
    const data = memoryData(experiment, tinyPictures);
    const blind = {
      ...data,
      evaluation: () => {
        throw new Error('val/1.png: its labels are 9×9 pixels');
      },
      previews: () => {
        throw new Error('night/1.png: it is damaged');
      },
    };
    const { points } = await trainTiny(path.join(root, 'blind'), experiment, {
      data: blind,
      log: line => lines.push(line),
    });
    const losses = (of: readonly TrainingPoint[]) => of.map(point => [point.step, point.losses]);
    assert.deepEqual(losses(points), losses(expected.points));
    assert.deepEqual(lines, [
      'step 8: not all predictions were saved: night/1.png: it is damaged; training goes on',
      'step 8: the network was not evaluated: val/1.png: its labels are 9×9 pixels; training goes on',
    ]);

    const log = path.join(broken, 'log.jsonl');
    let evaluations = 0;
    async function* losingTheLog() {
      if (++evaluations === 2) {
        await rename(log, `${log}.lost`);
        await mkdir(log);
      }
      yield* data.evaluation();
    }
    await assert.rejects(
      trainTiny(broken, experiment, { data: { ...data, evaluation: losingTheLog } }),
      /cannot write .*log\.jsonl: a folder of that name is in the way; make the folder writable, .*, then resume the run/,
    );
    await assert.rejects(describeRun(broken), /log\.jsonl: it is a folder/);
    await rmdir(log);
    await rename(`${log}.lost`, log);
    assert.equal((await describeRun(broken))?.checkpoint, 16);
    const resumed = await trainTiny(broken, experiment, { resume: true });
    assert.deepEqual(withoutTimes(resumed.points), withoutTimes(expected.points));
  }).timeout(60000);

  test('it is replaced only by a run that has trained a step', async () => {
    const experiment = tinyExperiment('none', 8);
    await trainTiny(root, experiment);
    const before = await readFile(checkpointOf(root, 8));
    const network = { ...experiment.network, pretrained: path.join(root, 'missing.safetensors') };
    await assert.rejects(trainTiny(root, { ...experiment, network }, { mode: 'replace' }), /missing\.safetensors/);
    const noMemory = () => Promise.reject(new Error('no memory is left'));
    const data = memoryData(experiment, tinyPictures);
    const unreadable = {
      ...data,
      openSource: async () => ({ ...(await data.openSource()), next: noMemory }),
    };
    await assert.rejects(trainTiny(root, experiment, { mode: 'replace', data: unreadable }), /no memory is left/);
    assert.equal((await describeRun(root))?.state, 'finished');
    assert.ok(before.equals(await readFile(checkpointOf(root, 8))));
    const replaced = await trainTiny(root, tinyExperiment('none', 9), { mode: 'replace' });
    assert.deepEqual([replaced.description.state, replaced.description.step], ['finished', 9]);
  }).timeout(60000);

  test('losses that are no numbers end it with the step, the losses and the last good checkpoint', async () => {
    const experiment = tinyExperiment('none', 40, { optimizer: 'sgd', learningRate: 1 });
    const good = await trainTiny(
      path.join(root, 'run'),
      tinyExperiment('none', 40, { optimizer: 'sgd', learningRate: 1 }),
      { until: step => step > 8 },
    );
    assert.equal(good.description.state, 'stopped');
    const backend = await openCpu(1);
    const broken = () =>
      Promise.resolve({
        ...backend,
        createSession: async (program: Parameters<typeof backend.createSession>[0]) => {
          const session = await backend.createSession(program);
          return Object.assign(Object.create(session) as typeof session, {
            run: async (...args: Parameters<typeof session.run>) => {
              const outputs = await session.run(...args);
              if ('segmentation' in outputs) outputs.segmentation.data[0] = NaN;
              return outputs;
            },
          });
        },
      });
    await assert.rejects(
      trainTiny(path.join(root, 'run'), experiment, { resume: true, openBackend: broken }),
      /Step 9: .*segmentation NaN.*last good checkpoint is that of step 8/,
    );
    assert.equal((await describeRun(path.join(root, 'run')))?.state, 'failed');
  }).timeout(60000);

  test('another run is neither overwritten nor resumed by another experiment', async () => {
    const experiment = tinyExperiment('none', 3);
    await trainTiny(root, experiment);
    await assert.rejects(trainTiny(root, experiment), /holds a run already; resume it/);
    await assert.rejects(
      trainTiny(root, tinyExperiment('entropy', 3), { resume: true }),
      /cannot be resumed: adaptation is not what it was/,
    );
    await assert.rejects(
      trainTiny(root, { ...experiment, adaptation: { ...experiment.adaptation, levels: 'multi' } }),
      /adaptation\.levels: two levels need/,
    );
  }).timeout(60000);

  test('a finished run segments a picture of any size into classes and their regions', async () => {
    await trainTiny(root, tinyExperiment('none', 60));
    const model = await openAdaptedModel(root, () => openCpu(1), 3000);
    const { picture, labels } = street(150, 97, 300, 'day');
    const seen = await model.segment(picture);
    assert.equal(model.classes[3].name, 'road');
    const classes = classesByRegion(seen.regions, seen.regionClasses);
    assert.ok(labels.filter((label, p) => label === classes[p]).length > 0.6 * labels.length);
    assert.ok(seen.uncertainty > 0 && seen.uncertainty < 0.8);
    checkRegions(seen.regions);
    checkHierarchy(seen.hierarchy);
    assert.equal(seen.regions.count - mergesAt(seen.hierarchy, 0.5), new Set(seen.regionClasses).size);
  }).timeout(60000);

  test('photos of one size share compiled networks, until the run, its folder or the back end is another', async () => {
    await trainTiny(root, tinyExperiment('none', 4));
    const cpu = await openCpu(1);
    const open = { made: 0, now: 0 };
    const createSession = async (program: Program) => {
      const session = await cpu.createSession(program);
      [open.made, open.now] = [open.made + 1, open.now + 1];
      const dispose = () => ((open.now -= 1), session.dispose());
      return Object.assign(Object.create(session) as typeof session, { dispose });
    };
    const backend = { ...cpu, createSession };
    const models = new ModelCache();
    const segment = async (width: number, by = backend) => {
      const model = await models.open(root, () => Promise.resolve(by), 3000);
      return model.segment(street(width, 60, 1, 'day').picture, { changes: { scales: [0.5, 1], mirror: true } });
    };
    assert.deepEqual([(await segment(90)).runs, (await segment(90)).runs, open], [4, 4, { made: 2, now: 2 }]);
    await segment(180);
    assert.deepEqual(open, { made: 4, now: 4 });
    await trainTiny(root, tinyExperiment('none', 4), { mode: 'replace' });
    await segment(90);
    assert.deepEqual(open, { made: 6, now: 2 });
    await segment(90, { ...backend });
    assert.deepEqual(open, { made: 8, now: 2 });
    await models.dispose();
    assert.equal(open.now, 0);
  }).timeout(60000);
});

suite('from streets by day to streets by night', () => {
  let root: string;
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless-streets-'));
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  test("with augmentation in both, self-training with the target's statistics beats the source alone", async () => {
    const scores = await Promise.all(
      (['none', 'self-training'] as const).map(async strategy => {
        const experiment = tinyExperiment(strategy, 300, { augmentation: { colour: 0 } });
        const { points } = await trainTiny(path.join(root, strategy), {
          ...experiment,
          network: { ...experiment.network, channels: 8 },
          evaluation: { ...experiment.evaluation!, every: 300 },
        });
        return points.at(-1)!.evaluation!.mIoU;
      }),
    );
    assert.ok(scores[1] > scores[0] + 0.08, `${scores.join(' → ')}`);
  }).timeout(120000);
});
