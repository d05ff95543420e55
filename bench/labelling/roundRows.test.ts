import assert from 'node:assert/strict';
import { checkRows } from '../adaptation/rowSchema';
import { resolveClasses } from '../../server/src/engine/dataset/layouts/classList';
import { checkNoConflicts } from '../../server/src/engine/experiment/conflicts';
import { experimentOn, rowsWith } from './roundRows';

const folder = { folder: '/photos', approved: 8, size: { width: 480, height: 360 } };
const classes = resolveClasses('camvid11');
const experiment = (name: string, rows = rowsWith({})) =>
  experimentOn(folder, classes, { name, row: rows[name], seed: 7 });

suite('the networks that learn from few labels', () => {
  test('are a round of the product, and what differs from it', () => {
    for (const name of Object.keys(rowsWith({}))) checkNoConflicts(experiment(name));
    const pretrained = experiment('pretrained');
    assert.deepEqual([pretrained.source.layout, pretrained.source.holdOut], ['labelless', 0]);
    assert.deepEqual([pretrained.network.name, pretrained.adaptation.strategy], ['efficientnet-lite0', 'none']);
    assert.equal(pretrained.training.seed, 7);
    const scratch = experiment('from scratch');
    assert.deepEqual(
      { ...scratch, network: pretrained.network },
      { ...pretrained, training: { ...pretrained.training, steps: 600 } },
    );
    const selfTrained = experiment('pretrained, self-training on the rest');
    assert.equal(selfTrained.adaptation.warmUp, pretrained.training.steps);
    assert.equal(selfTrained.training.steps, pretrained.training.steps + 100);
  });

  test('begin with the network of the round before where there is one, and take fewer steps', () => {
    const row = { name: 'most uncertain', row: rowsWith({}).pretrained, seed: 7 };
    const first = experimentOn(folder, classes, row);
    const second = experimentOn({ ...folder, pretrained: '/runs/round-1/300.safetensors' }, classes, row);
    assert.deepEqual([first.network.pretrained, first.training.steps], [undefined, 300]);
    assert.deepEqual([second.network.pretrained, second.training.steps], ['/runs/round-1/300.safetensors', 180]);
  });

  test('may be rows of a file, whose faults are told by name', () => {
    const row = { network: {}, training: { stepz: 3 }, adaptation: {} };
    const rows = rowsWith(checkRows({ mine: row }, 'rows.json'));
    assert.throws(() => experiment('mine', rows), /^Error: mine: there is no setting training\.stepz$/);
  });
});
