import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultSettings } from '../../../../protocol/settings';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import { PretrainedFeatures } from '../adaptation/networks/pretrainedFeatures';
import { ModelCache } from '../adaptation/prediction/modelCache';
import { openCpu } from '../backend/onnxBackends';
import { street } from '../dataset/testing/streets';
import { toLab } from '../pixels/lab';
import { carryBySight, type SeriesSight } from '../series/seriesSight';
import { proposeFromPrevious } from '../session/seriesProposal';
import { slic } from '../superpixels/slic';
import { lastTrainedRound } from './learningRounds';
import { openSight } from './openSight';
import { prepareRound } from './prepareRound';
import { labelledStreet, writeClasses, writeLabelledStreet, writeStreet } from './testing/labelledStreets';
import { trainSmall } from './testing/smallRounds';

const never = new AbortController().signal;
const { limits } = defaultSettings;
const blind: SeriesSight = {
  features: () => Promise.resolve(undefined),
  classes: () => Promise.resolve(undefined),
};

suite('What networks tell of a series', function () {
  this.timeout(120_000);
  let folder: string;
  let warnings: string[];
  const models = new ModelCache();
  const services = { openBackend: () => openCpu(1), models };
  const at = (name: string) => path.join(folder, name);
  const open = (cancel = never) =>
    openSight({
      settings: { ...defaultSettings, adaptation: { ...defaultSettings.adaptation, scales: [1] } },
      services,
      openEncoder: async () => new PretrainedFeatures(await openCpu(1)),
      cancel,
      warn: message => warnings.push(message),
    });
  const learn = async (steps: number) => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `approved ${seed}`, seed, 'approved');
    await writeStreet(folder, 'next', 3);
    const round = await prepareRound(folder, { maskFolder: '', network: 'compact', limits, cancel: never });
    await trainSmall(round, steps);
  };

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless sight-'));
    warnings = [];
  });
  teardown(async () => {
    await models.dispose();
    await rm(folder, { recursive: true });
  });

  /** The share of the next street's pixels that have their class. */
  async function right(sight: SeriesSight): Promise<number> {
    const { picture, labels } = street(96, 72, 3, 'night');
    const regions = slic(toLab(picture), { count: 300, compactness: 10, iterations: 5 });
    const before = { ...labelledStreet(1), name: 'approved 1.png' };
    const carried = await carryBySight(before, { file: at('next.png'), picture, regions }, sight);
    const classOf = new Map(carried.labels.flatMap(label => label.regions.map(region => [region, label.class!])));
    return regions.ids.filter((region, pixel) => classOf.get(region) === labels[pixel] + 11).length / labels.length;
  }

  test('is what the last round of the folder learned, which makes more labels right', async () => {
    await learn(150);
    const { picture } = street(96, 72, 3, 'night');
    const seen = (await open().classes(at('next.png'), picture))!;
    assert.deepEqual([seen.round, seen.count], [1, 5]);
    assert.equal(seen.indexOf({ class: 14, name: 'road' }), 3);
    assert.equal(seen.indexOf({ class: 99, name: 'boat' }), undefined);
    assert.equal(seen.indexOf({ name: 'road' }), undefined, 'labels without a class are not learned from');
    assert.equal(seen.indexOf('background'), undefined);
    const { features } = blind;
    const [alone, joined] = [await right(blind), await right({ ...open(), features })];
    assert.ok(joined > alone, `${joined} is no more than ${alone}`);
    const proposed = await proposeFromPrevious(
      at('next.png'),
      { file: at('approved 1.png'), right: 1 },
      {
        settings: { ...defaultSettings, clustering: { ...defaultSettings.clustering, iterations: 1 } },
        services,
        sight: open(),
        signals: { stop: never, cancel: never },
        beginWriting: () => undefined,
      },
    );
    assert.ok(proposed.kind !== 'kept' && proposed.round === 1);
    assert.deepEqual(warnings, []);
  });

  test('is nothing without a round, and labels go on without a network that is damaged, which is told', async () => {
    const { picture } = street(96, 72, 3, 'night');
    assert.equal(await open().classes(at('next.png'), picture), undefined);
    assert.deepEqual(warnings, []);
    await learn(2);
    const { checkpoint } = (await lastTrainedRound(folder))!;
    writeFileSync(checkpoint, 'not a network');
    const { features } = blind;
    assert.equal(await right({ ...open(), features }), await right(blind));
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0],
      /^next\.png: labels are carried without the network of round 1: .*step-000002\.safetensors/,
    );
  });

  test('ends once it is cancelled', async () => {
    await learn(2);
    const cancel = new AbortController();
    cancel.abort();
    const { picture } = street(96, 72, 3, 'night');
    await assert.rejects(open(cancel.signal).classes(at('next.png'), picture), { name: 'AbortError' });
    assert.deepEqual(warnings, []);
  });

  test('has the levels of the pretrained encoder, which make more labels right', async function () {
    if (!hasBundledWeights()) this.skip();
    const { picture } = street(96, 72, 3, 'night');
    const levels = (await open().features(picture))!;
    assert.deepEqual(
      levels.map(({ channels }) => channels),
      [24, 320],
    );
    assert.ok((await right(open())) > (await right(blind)));
  });
});
