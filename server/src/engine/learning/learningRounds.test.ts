import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { roundsFolder } from '../../../../mask/files/fileNames';
import { openMask } from '../../../../mask/files/maskFiles';
import type { MaskStatus } from '../../../../mask/document/maskStatus';
import type { ProposalOutcome } from '../../../../protocol/learningMessages';
import { defaultSettings } from '../../../../protocol/settings';
import { ModelCache } from '../adaptation/prediction/modelCache';
import { openBackend } from '../backend/openBackend';
import { inspectData } from '../dataset/inspection/inspectData';
import { layouts, listPairs } from '../dataset/layouts';
import { resolveClasses } from '../dataset/layouts/classList';
import { experimentSchema } from '../experiment/experimentSchema';
import { classScores, countPixels, emptyConfusion } from '../metrics/confusion';
import { setStatus } from '../session/setStatus';
import { StatusReader } from '../session/statusReader';
import { roundOf, type LearningRound } from './learningRounds';
import { prepareRound } from './prepareRound';
import { proposeImages } from './proposeImages';
import { ReplacedMasks } from './replacedMasks';
import { undoRound } from './undoRound';
import {
  folderClasses,
  writeClasses,
  writeLabelledStreet,
  writeScribbledStreet,
  writeStreet,
} from './testing/labelledStreets';
import { trainSmall } from './testing/smallRounds';

const { signal } = new AbortController();
const cpu = () => openBackend('cpu', { threads: 1 });

suite('Rounds of learning', () => {
  let folder: string;
  let messages: string[];
  const maskFolder = () => folder;
  const at = (name: string) => path.join(folder, name);
  const prepare = () =>
    prepareRound(folder, { maskFolder: '', network: 'compact', limits: defaultSettings.limits, cancel: signal });
  const maskOf = (name: string) =>
    openMask(readFileSync(at(`${name}.mask.png`)), readFileSync(at(`${name}.mask.json`)));

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless learning-'));
    messages = [];
  });
  teardown(() => rm(folder, { recursive: true }));

  const train = (round: Pick<LearningRound, 'experiment' | 'run'>, steps: number, openBackend = cpu) =>
    trainSmall(round, steps, { openBackend, log: line => messages.push(line) });

  async function propose(
    round: LearningRound,
    images: readonly string[],
    openBackend = cpu,
  ): Promise<ProposalOutcome[]> {
    const models = new ModelCache();
    const context = {
      settings: { ...defaultSettings, adaptation: { ...defaultSettings.adaptation, scales: [1] } },
      maskFolder,
      services: { openBackend, models },
      signals: { stop: signal, cancel: signal },
      reader: new StatusReader(),
    };
    const outcomes: ProposalOutcome[] = [];
    for await (const outcome of proposeImages(folder, round, images, context)) outcomes.push(outcome);
    await models.dispose();
    return outcomes;
  }

  const decide = (image: string, status: MaskStatus) =>
    setStatus(folder, [{ path: image }], status, {
      reader: new StatusReader(),
      maskFolder,
      limits: defaultSettings.limits,
    });

  test('propose the classes of the folder for what nobody touched, and are undone', async () => {
    writeClasses(folder);
    for (const seed of [1, 2, 3, 4]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    await writeLabelledStreet(folder, 'edited', 5, 'edited');
    await writeLabelledStreet(folder, 'proposed', 6, 'proposed');
    const truths = new Map<string, Uint8Array>();
    for (const name of ['new 1', 'new 2', 'new 3'])
      truths.set(name, await writeStreet(folder, name, name.charCodeAt(4)));
    const filesBefore = (await readdir(folder)).sort();
    const earlier = readFileSync(at('proposed.mask.json'), 'utf8');

    const prepared = await prepare();
    const round = roundOf(folder, prepared.number);
    assert.deepEqual([prepared.number, prepared.labelled, prepared.after], [1, 4, undefined]);
    await train(round, 150);
    const names = ['edited', 'labelled 1', 'new 1', 'new 2', 'new 3', 'proposed'];
    const outcomes = await propose(round, [...names.map(name => `${name}.png`), 'gone.png', '../x.png']);
    assert.deepEqual(
      outcomes.map(outcome => ('proposed' in outcome ? 'proposed' : 'left' in outcome ? outcome.left : outcome.error)),
      [
        ...['edited', 'approved', 'proposed', 'proposed', 'proposed', 'proposed'],
        'gone.png: there is no such image any more',
        '../x.png: there is no such image any more',
      ],
    );
    const confusion = emptyConfusion(folderClasses.classes.length);
    for (const [name, truth] of truths) {
      const { document } = maskOf(name);
      assert.equal(document.state.status, 'proposed');
      const classOf = new Map(document.view().labels.map(label => [label.value, label.class]));
      countPixels(
        confusion,
        truth,
        Uint8Array.from(document.labelMap(), value => classOf.get(value)! - 11),
      );
      const { overview } = JSON.parse(readFileSync(at(`${name}.mask.json`), 'utf8')) as {
        overview: { uncertainty: number; classes: number[] };
      };
      assert.ok(overview.uncertainty > 0 && overview.uncertainty < 1);
      assert.ok(overview.classes.every(id => id >= 11 && id <= 15) && overview.classes.length >= 2);
    }
    const { mIoU } = classScores(confusion);
    assert.ok(mIoU > 0.4, `mIoU ${mIoU}`);

    // A person approves one of the proposals; the round gives the others back.
    await decide('new 1.png', 'approved');
    const undone = await undoRound(folder, maskFolder);
    assert.deepEqual(undone, {
      number: 1,
      restored: ['new 2.png', 'new 3.png', 'proposed.png'],
      left: ['new 1.png'],
      failures: [],
    });
    assert.equal(readFileSync(at('proposed.mask.json'), 'utf8'), earlier);
    assert.equal(maskOf('new 1').document.state.status, 'approved');
    assert.deepEqual(
      (await readdir(folder)).sort(),
      [...filesBefore, roundsFolder, 'new 1.mask.json', 'new 1.mask.png'].sort(),
    );
    assert.ok(!existsSync(round.replaced));
    await assert.rejects(undoRound(folder, maskFolder), /no round to undo/);
  }).timeout(120_000);

  test('begin with the network before, as long as it has the same classes', async () => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    await train(await prepare(), 4);
    const second = await prepare();
    assert.deepEqual([second.number, second.after], [2, 1]);
    const { network } = JSON.parse(readFileSync(second.experiment, 'utf8')) as { network: { pretrained: string } };
    assert.equal(network.pretrained, 'runs/round-1/checkpoints/step-000004.safetensors');
    await train(second, 2);
    assert.match(messages.join('\n'), /^step-000004\.safetensors: \d+ weights loaded$/m);
    const file = at('labelless.classes.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"car"', '"lorry"'));
    assert.equal((await prepare()).after, undefined);
  }).timeout(60_000);

  test('begin with the last network, also after a round that failed', async () => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    await train(await prepare(), 4);
    const failing = await prepare();
    const broken = () => Promise.reject(new Error('out of memory'));
    await assert.rejects(train(failing, 4, broken), /out of memory/);
    const { number, after } = await prepare();
    assert.deepEqual([number, after], [3, 1]);
    // One whose run has begun, but that has no checkpoint.
    const run = roundOf(folder, number).run;
    cpSync(roundOf(folder, 1).run, run, { recursive: true });
    await rm(path.join(run, 'checkpoints'), { recursive: true });
    assert.equal((await prepare()).after, 1);
    writeFileSync(path.join(run, 'config.json'), '{');
    assert.equal((await prepare()).after, 1);
  }).timeout(60_000);

  test('leave a mask as it is that a person approves while its proposal is being made', async () => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    await writeLabelledStreet(folder, 'proposed', 3, 'proposed');
    await writeStreet(folder, 'new', 4);
    await prepare();
    const round = roundOf(folder, 1);
    await train(round, 2);
    let approved = Buffer.of();
    const openBackend = async () => {
      await decide('proposed.png', 'approved');
      await decide('new.png', 'skipped');
      approved = readFileSync(at('proposed.mask.json'));
      return cpu();
    };
    assert.deepEqual(await propose(round, ['proposed.png'], openBackend), [
      { image: 'proposed.png', left: 'approved' },
    ]);
    assert.deepEqual(await propose(round, ['new.png'], openBackend), [{ image: 'new.png', left: 'skipped' }]);
    assert.deepEqual(readFileSync(at('proposed.mask.json')), approved);
    assert.deepEqual((await undoRound(folder, maskFolder)).restored, []);
    assert.deepEqual(readFileSync(at('proposed.mask.json')), approved);
  }).timeout(60_000);

  test('learn from scribbles too, on images that are not approved', async () => {
    writeClasses(folder);
    await writeScribbledStreet(folder, 'scribbled', 1);
    const { labelled, experiment } = await prepare();
    assert.equal(labelled, 1);
    const written = experimentSchema.parse(JSON.parse(readFileSync(experiment, 'utf8')));
    await writeStreet(folder, 'new', 2);
    const findings = await inspectData(written, path.dirname(experiment), signal);
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['class-without-labels'], // and not that an image has no labels yet
    );
    const { pairs } = await listPairs(written.source, path.dirname(experiment), 'source');
    const list = resolveClasses(written.classes);
    const { classes, width } = await layouts.labelless.decode(pairs[0], list, defaultSettings.limits);
    // A stroke of sky along y = 4, one of road along y = 68, each 5 pixels wide.
    const at = (x: number, y: number) => classes[y * width + x];
    assert.deepEqual([at(48, 4), at(48, 68), at(48, 30)], [0, 3, 255]);
    assert.equal(
      (await listPairs({ ...written.source, masks: 'approved' }, path.dirname(experiment), 'source')).pairs.length,
      0,
    );
  });

  test('say what is missing to learn from', async () => {
    await writeStreet(folder, 'new', 1);
    await assert.rejects(prepare(), /has no class list: make one/);
    writeClasses(folder);
    await assert.rejects(prepare(), /no mask in .* is approved yet/);
    await writeLabelledStreet(folder, 'edited', 2, 'edited');
    await assert.rejects(prepare(), /no mask in .* is approved yet/);
    writeFileSync(at('labelless.classes.json'), '{ "classes": [');
    await assert.rejects(prepare(), /class file .* cannot be used/);
    assert.ok(!existsSync(at(roundsFolder)));
  });

  test('keep no proposal of a round in place of the mask before it', async () => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    await writeStreet(folder, 'new', 3);
    await prepare();
    const round = roundOf(folder, 1);
    await train(round, 2);
    await propose(round, ['new.png']);
    await propose(round, ['new.png']);
    assert.deepEqual((await undoRound(folder, maskFolder)).restored, ['new.png']);
    assert.ok(!existsSync(at('new.mask.png')) && !existsSync(at('new.mask.json')));
  }).timeout(60_000);

  test('give an image up whose proposal an editor saved, where nobody changed it', async () => {
    writeClasses(folder);
    for (const seed of [1, 2]) await writeLabelledStreet(folder, `labelled ${seed}`, seed, 'approved');
    for (const name of ['seen', 'other']) await writeStreet(folder, name, name.length);
    await prepare();
    const round = roundOf(folder, 1);
    await train(round, 2);
    await propose(round, ['seen.png', 'other.png']);
    await new ReplacedMasks(round.replaced).forget('seen.png'); // as if it had never been replaced on disk
    assert.deepEqual((await undoRound(folder, maskFolder)).restored, ['other.png', 'seen.png']);
    assert.ok(!existsSync(at('seen.mask.png')) && existsSync(at('labelled 1.mask.png')));
  }).timeout(60_000);

  test('that were ended before a proposal was written leave its image as it is', async () => {
    writeClasses(folder);
    await writeLabelledStreet(folder, 'labelled', 1, 'approved');
    await writeLabelledStreet(folder, 'proposed', 2, 'proposed');
    await prepare();
    const png = readFileSync(at('proposed.mask.png'));
    const sidecar = readFileSync(at('proposed.mask.json'));
    await new ReplacedMasks(roundOf(folder, 1).replaced).keep({ image: 'proposed.png', before: { png, sidecar } });
    assert.deepEqual((await undoRound(folder, maskFolder)).left, ['proposed.png']);
    assert.deepEqual([readFileSync(at('proposed.mask.png')), readFileSync(at('proposed.mask.json'))], [png, sidecar]);
  });
});
