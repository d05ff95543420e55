import assert from 'node:assert/strict';
import { planRows, trainingKey } from './comparisonPlan';
import { ways, type WayScores } from './frameScores';
import { experimentOf, pairs } from './pairs';
import { checkRows } from './rowSchema';
import { scoreTable, type SeedResult } from './scoreTable';

const network = { name: 'efficientnet-lite0' };
const training = { steps: 30, size: [64, 48] };
const written = checkRows(
  {
    alone: { network, training: { steps: 30, size: [96, 72] }, adaptation: { strategy: 'none' } },
    entropy: { network, training, adaptation: { strategy: 'entropy', warmUp: 20, size: [96, 72] } },
    adversarial: { network, training, adaptation: { strategy: 'adversarial' }, controlStatistics: 0.5 },
    compact: { network: {}, training, adaptation: { strategy: 'self-training' } },
  },
  'rows',
);
const named = Object.fromEntries(
  Object.entries(written).map(([name, row]) => [
    name,
    { experiment: experimentOf(pairs.rendered, 'data', name, row), controlStatistics: row.controlStatistics },
  ]),
);

suite('comparison of strategies', () => {
  test('each stands after the source alone for as many steps, at the size of its last stage, and with statistics', () => {
    const planned = planRows(['entropy', 'adversarial', 'compact'], named, true);
    assert.deepEqual(
      planned.map(({ name }) => name),
      [
        'alone',
        'source alone, target statistics 0.4, 30 steps at 96 × 72, efficientnet-lite0',
        'entropy',
        'source alone, 30 steps at 64 × 48, efficientnet-lite0',
        'source alone, target statistics 0.5, 30 steps at 64 × 48, efficientnet-lite0',
        'adversarial',
        'source alone, 30 steps at 64 × 48, compact',
        'compact',
      ],
    );
    const [alone, statistics, entropy] = planned;
    assert.deepEqual(entropy.controls, { source: alone.name, statistics: statistics.name });
    assert.deepEqual(statistics.controls, { source: 'alone' });
    assert.deepEqual([statistics.experiment.training.steps, statistics.experiment.training.size], [30, [96, 72]]);
    assert.deepEqual(planned.at(-1)?.controls, { source: 'source alone, 30 steps at 64 × 48, compact' });
  });

  test('controls of equal size and steps that are trained otherwise are two rows', () => {
    const { experiment } = named.adversarial;
    const slower = { ...experiment, training: { ...experiment.training, learningRate: 0.001 } };
    const planned = planRows(
      ['adversarial', 'slower'],
      { adversarial: named.adversarial, slower: { experiment: slower, controlStatistics: 0.5 } },
      true,
    );
    assert.equal(new Set(planned.map(row => trainingKey(row.experiment))).size, 6);
    assert.equal(new Set(planned.map(({ name }) => name)).size, 6);
  });

  test('the source alone keeps what needs no target', () => {
    const { experiment } = named.adversarial;
    const near = {
      ...experiment,
      adaptation: { ...experiment.adaptation, featureDistance: 0.01, targetHistograms: 0.5 },
    };
    const [{ experiment: control }] = planRows(['near'], { near: { experiment: near, controlStatistics: 0.5 } }, true);
    const { strategy, featureDistance, targetHistograms } = control.adaptation;
    assert.deepEqual(
      { strategy, featureDistance, targetHistograms },
      {
        strategy: 'none',
        featureDistance: 0.01,
        targetHistograms: 0,
      },
    );
  });

  test('rows without controls are those asked for', () => {
    const planned = planRows(['compact', 'alone'], named, false);
    assert.deepEqual(
      planned.map(({ name, controls }) => [name, controls]),
      [
        ['compact', {}],
        ['alone', {}],
      ],
    );
  });

  test('runs are the same whatever their seed, prediction and settings that are at their defaults', () => {
    const { experiment } = named.entropy;
    const same = { ...experiment, prediction: { ...experiment.prediction, mirror: false } };
    same.training = { ...experiment.training, seed: 7 };
    assert.equal(trainingKey(same), trainingKey(experiment));
    const other = { ...experiment, training: { ...experiment.training, batch: 3 } };
    assert.notEqual(trainingKey(other), trainingKey(experiment));
  });

  test('a row that is no experiment is refused by name', () => {
    const [row] = Object.values(
      checkRows({ a: { network, training, adaptation: { strategy: 'none', warmup: 1 } } }, ''),
    );
    assert.throws(() => experimentOf(pairs.dusk, '', 'a', row), /^Error: a: there is no setting adaptation\.warmup$/);
    assert.throws(() => checkRows({ a: { network } }, 'rows.json'), /^Error: rows\.json: a\.training: /);
  });

  test('gains are means over the seeds that both rows have', () => {
    const result = (seed: number, mIoU: number, sky: number | null): SeedResult => ({
      seed,
      secondsPerStep: 0.5,
      minutes: 3,
      scores: Object.fromEntries(
        ways.map(way => [way, { mIoU, pixelAccuracy: 1, perClass: [sky, null], secondsPerPhoto: 2 }]),
      ) as WayScores,
    });
    const rows = planRows(['entropy'], named, true);
    const results = new Map([
      ['alone', [result(1, 0.4, 0.1), result(2, 0.2, null)]],
      ['entropy', [result(1, 0.5, 0.2), result(3, 0.9, 0.4)]],
    ]);
    const lines = scoreTable('one prediction', rows, results, ['sky', 'car'])
      .split('\n')
      .map(line =>
        line
          .split('|')
          .map(cell => cell.trim())
          .slice(1, -1),
      );
    assert.ok(lines.every(({ length }) => length === lines[0].length));
    assert.deepEqual(lines[2], ['alone', '0.300', '0.200 … 0.400', '', '', '2', '0.50', '3.0', '2.00', '0.10', '–']);
    assert.equal(lines[3][1], 'not finished');
    const wanted = ['entropy', '0.700', '0.500 … 0.900', '+0.100', '', '2', '0.50', '3.0', '2.00', '0.30', '–'];
    assert.deepEqual(lines[4], wanted);
  });
});
