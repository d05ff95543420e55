import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { decodeMaskPng } from '../../../mask/files/indexedPng';
import type { Sidecar } from '../../../mask/files/sidecar';
import { controlRun } from '../engine/adaptation/run/runControl';
import { describeRun } from '../engine/adaptation/run/describeRun';
import { readRun } from '../engine/adaptation/run/readRun';
import { readRunState } from '../engine/adaptation/run/runState';
import { writeStreets } from '../engine/dataset/testing/streets';
import type { TrainingPoint } from '../../../protocol/trainingPoint';
import type { TrainingRun } from '../../../protocol/trainingRun';
import { callProgram, callProgramIn, program } from './testing/callProgram';

suite('labelless adapt', function () {
  let folder: string;
  const runFolder = () => path.join(folder, 'runs', 'street');

  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless adapt-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  const adapt = (...args: string[]) => run('adapt', ...args);
  const run = (...args: string[]) => callProgram(folder, ...args);

  test('trains into runs/NAME and tells scores, in words and as JSON', async () => {
    await writeStreets(folder);
    const { status, stdout, stderr } = await adapt('street.adapt.json', '--threads', '1');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^step 20\/40 · segmentation \d\.\d{3} · mIoU 0\.\d{3} · \d+ s left$/m);
    assert.match(stdout, /^ {2}road +0\.\d{3}$/m);
    assert.match(stdout, /^street: 40 of 40 steps → runs.street$/m);
    const again = await adapt('street.adapt.json', '--resume', '--json');
    assert.equal(again.status, 0, again.stderr);
    const { run, evaluation } = JSON.parse(again.stdout) as {
      run: TrainingRun;
      evaluation: TrainingPoint['evaluation'] & { classes: string[] };
    };
    assert.deepEqual([run.state, run.step, run.mIoU], ['finished', 40, evaluation.mIoU]);
    assert.deepEqual(evaluation.classes, ['sky', 'building', 'tree', 'road', 'car']);
  });

  test('without photos to adapt to, held-out pictures choose the network that segments, in words and as JSON', async () => {
    const file = await writeStreets(folder);
    const { target, evaluation, ...alone } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
    assert.ok(target && evaluation);
    await writeFile(file, JSON.stringify(alone));
    const { status, stdout, stderr } = await adapt('street.adapt.json', '--threads', '1');
    assert.equal(status, 0, stderr);
    assert.match(
      stderr,
      /^labelless: source: of 8 labelled pictures [123] (is|are) held out from training, to measure on$/m,
    );
    assert.match(stderr, /^step 10\/40 · segmentation \d\.\d{3} · held-out mIoU 0\.\d{3} · \d+ s left$/m);
    const { best } = (await describeRun(runFolder()))!;
    assert.match(stdout, new RegExp(`^held-out source pictures, step ${best!.step}\n {2}sky +[01]\\.\\d{3}$`, 'm'));
    assert.match(
      stdout,
      new RegExp(`^street: 40 of 40 steps, of which segmenting uses step ${best!.step} → runs.street$`, 'm'),
    );
    const again = await adapt('street.adapt.json', '--resume', '--json');
    const { run: ended, heldOut } = JSON.parse(again.stdout) as {
      run: TrainingRun;
      heldOut: TrainingPoint['evaluation'] & { step: number };
    };
    assert.deepEqual([heldOut.step, heldOut.mIoU], [best!.step, ended.best?.heldOutMIoU]);
    const photo = path.join('day', 'images', '0.png');
    const segmented = await run('segment', photo, '-o', '.', '--checkpoint', 'runs/street');
    assert.equal(segmented.status, 0, segmented.stderr);
    const { run: record } = JSON.parse(await readFile(path.join(folder, '0.mask.json'), 'utf8')) as Sidecar;
    assert.equal(record?.parameters?.steps, best!.step);
    const [header] = (await readFile(path.join(runFolder(), 'metrics.csv'), 'utf8')).split('\n');
    assert.match(header, /,mIoU,pixel accuracy,sky,.*,held-out mIoU,held-out pixel accuracy,held-out sky,/);
  });

  test('what is wrong in the file is told by name with status 2; what cannot be done with status 1', async () => {
    await writeStreets(folder, { training: { steps: 3, learningrate: 1 }, adaptation: { strategy: 'magic' } });
    const wrong = await adapt('street.adapt.json');
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /there is no setting training\.learningrate/);
    assert.match(wrong.stderr, /adaptation\.strategy: /);
    await writeFile(path.join(folder, 'cut.adapt.json'), '{\n "source": {');
    const cut = await adapt('cut.adapt.json');
    assert.deepEqual([cut.status, /cut\.adapt\.json: it is no JSON.* line 2/.test(cut.stderr)], [2, true], cut.stderr);
    const none = await adapt('none.adapt.json');
    assert.deepEqual([none.status, none.stderr.includes('there is no such file')], [1, true], none.stderr);
    await writeStreets(folder, { training: { steps: 3 } });
    assert.equal((await adapt('street.adapt.json')).status, 0);
    const again = await adapt('street.adapt.json');
    assert.deepEqual([again.status, again.stderr.includes('holds a run already')], [1, true], again.stderr);
    assert.equal((await adapt('street.adapt.json', '--replace')).status, 0);
  });

  test('Ctrl-C stops behind a checkpoint; paused and stopped from elsewhere too; resumed, it trains to the end', async function () {
    if (process.platform === 'win32') this.skip(); // a signal from another process cannot be handled there
    await writeStreets(folder, {
      training: { steps: 500 },
      evaluation: { every: 500 },
      output: { checkpointEvery: 500 },
    });
    const start = async (...args: string[]) => {
      const child = spawn(process.execPath, [program, 'adapt', 'street.adapt.json', '--threads', '1', ...args], {
        cwd: folder,
      });
      let stderr = '';
      child.stderr.on('data', (text: Buffer) => {
        stderr += text.toString();
      });
      const before = (await describeRun(runFolder()))?.step ?? 0;
      while (((await describeRun(runFolder()))?.step ?? 0) < before + 20) {
        assert.equal(child.exitCode, null, stderr);
        await wait(20);
      }
      return { child, errorOutput: () => stderr };
    };
    const first = await start();
    first.child.kill('SIGINT');
    assert.equal((await once(first.child, 'exit'))[0], 130, first.errorOutput());
    assert.match(
      first.errorOutput(),
      /stopped behind a checkpoint; labelless adapt street\.adapt\.json --resume goes on/,
    );
    const stopped = (await describeRun(runFolder()))!;
    assert.deepEqual([stopped.state, stopped.checkpoint], ['stopped', stopped.step]);

    const second = await start('--resume');
    await controlRun(runFolder(), 'pause');
    while ((await readRunState(runFolder())).state !== 'paused') await wait(20);
    await wait(100);
    assert.match(second.errorOutput(), /paused/);
    await controlRun(runFolder(), 'stop');
    assert.equal((await once(second.child, 'exit'))[0], 0, second.errorOutput());
    assert.equal((await describeRun(runFolder()))!.state, 'stopped');
    assert.match(await readFile(path.join(runFolder(), 'messages.log'), 'utf8'), /^paused$/m);

    assert.equal((await adapt('street.adapt.json', '--resume', '--threads', '1')).status, 0);
    assert.equal((await describeRun(runFolder()))!.state, 'finished');
  });

  test('of two that begin at once in one folder, one trains and the other is refused', async () => {
    await writeStreets(folder, { evaluation: { every: 40 }, output: { previews: 0 } });
    for (const mode of [[], ['--resume'], ['--replace']]) {
      const both = await Promise.all([1, 2].map(() => adapt('street.adapt.json', '--threads', '1', ...mode)));
      const [refused, trained] = both.sort((a, b) => b.status - a.status);
      assert.deepEqual([refused.status, trained.status], [1, 0], refused.stderr + trained.stderr);
      assert.match(refused.stderr, /another process trains this run; stop it first|holds a run already/);
      const steps = (await readRun(runFolder())).points.map(({ step }) => step);
      assert.deepEqual(steps, [10, 20, 30, 40]);
      await rm(path.join(runFolder(), 'checkpoints', 'step-000040.safetensors'));
    }
    assert.deepEqual(
      (await readdir(runFolder())).filter(name => name.startsWith('.')),
      [],
    );
  });

  test('pictures that changed are named on resuming, and accepted on request', async () => {
    await writeStreets(folder, { adaptation: { strategy: 'self-training' }, training: { steps: 20 } });
    assert.equal((await adapt('street.adapt.json', '--threads', '1')).status, 0);
    await rm(path.join(folder, 'day', 'images', '3.png'));
    await copyFile(path.join(folder, 'night', 'images', '0.png'), path.join(folder, 'night', 'images', '00.png'));
    const refused = await adapt('street.adapt.json', '--threads', '1', '--resume');
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /source: 1 picture was removed \(3\.png\); target: 1 picture was added \(00\.png\); put them back, or resume with --accept-changes/,
    );
    const accepted = await adapt('street.adapt.json', '--threads', '1', '--resume', '--accept-changes');
    assert.equal(accepted.status, 0, accepted.stderr);
    assert.match(await readFile(path.join(runFolder(), 'messages.log'), 'utf8'), /^resumed although .*00\.png/m);
    assert.equal((await adapt('street.adapt.json', '--accept-changes')).status, 2);
  });

  test('a run among the photos that it adapts to is none of them, resumed or replaced', async () => {
    await writeStreets(folder, {
      adaptation: { strategy: 'self-training' },
      training: { steps: 20 },
      output: { folder: 'night/images/run' },
    });
    for (const mode of ['--replace', '--resume', '--replace']) {
      const { status, stderr } = await adapt('street.adapt.json', '--threads', '1', mode);
      assert.deepEqual([status, stderr.includes('changed')], [0, false], stderr);
    }
  });

  test('one evaluation label that does not fit is told at the start, and training goes on to its end', async () => {
    await writeStreets(folder, { training: { steps: 20 } });
    const label = path.join(folder, 'measured', 'labels', '1.png');
    await sharp(await readFile(label))
      .resize(20, 20)
      .toColourspace('b-w')
      .toFile(label);
    const { status, stderr } = await adapt('street.adapt.json', '--threads', '1');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /^labelless: evaluation\.\w+: 1 of 3 files do not fit their image: 1\.png/);
    assert.match(stderr, /step 20: the network was not evaluated: .*; training goes on/);
    assert.equal((await describeRun(runFolder()))!.checkpoint, 20);
  });

  test("its network segments pictures into the experiment's classes, by name and colour", async () => {
    await writeStreets(folder, { training: { steps: 150 } });
    assert.equal((await adapt('street.adapt.json', '--threads', '1')).status, 0);
    const photo = path.join(folder, 'photo.png');
    await sharp(path.join(folder, 'day', 'images', '0.png'))
      .resize(240, 160)
      .toFile(photo);
    const segmented = await run('segment', 'photo.png', '--checkpoint', 'runs/street');
    assert.equal(segmented.status, 0, segmented.stderr);
    assert.match(segmented.stdout, /^photo\.png → photo\.mask\.png: \d+ regions?, 6 predictions, [\d.]+ s with \w+\n$/);
    const { labels, run: record } = JSON.parse(await readFile(path.join(folder, 'photo.mask.json'), 'utf8')) as Sidecar;
    const mask = decodeMaskPng(await readFile(path.join(folder, 'photo.mask.png')));
    assert.deepEqual([mask.width, mask.height], [240, 160]);
    const road = labels.find(label => label.value === mask.labels[158 * 240 + 120])!;
    assert.deepEqual([road.name, road.colour, mask.palette?.[road.value!]], ['road', '#808080', '#808080']);
    assert.deepEqual([record?.method, record?.model], ['adapted', 'street']);
    assert.deepEqual(record?.parameters, { steps: 150, scale1: 0.75, scale2: 1, scale3: 1.25, mirror: 1, refine: 1 });
    assert.deepEqual(
      record?.classes?.map(({ name }) => name),
      ['sky', 'building', 'tree', 'road', 'car'],
    );
    assert.equal(
      new Set(labels.flatMap(({ value, name }) => (value === undefined ? [] : [name]))).size,
      labels.filter(({ value }) => value !== undefined).length,
    );
    const once = await run('segment', 'photo.png', '--checkpoint', 'runs/street', '--scales', '1', '--mirror', 'off');
    assert.match(once.stdout, /, 1 prediction, /, once.stderr);
    const many = await run('segment', 'photo.png', '--checkpoint', 'runs/street', '--scales', '0.5, 4', '--json');
    assert.deepEqual(
      (JSON.parse(many.stdout) as { images: { predictions: number }[] }).images.map(({ predictions }) => predictions),
      [4],
      many.stderr,
    );
  });

  test('a figure shows input, Method 1 and Method 2, also where the machine has no fonts', async () => {
    await writeStreets(folder, { training: { steps: 20 } });
    await adapt('street.adapt.json', '--threads', '1');
    await mkdir(path.join(folder, 'none'));
    await writeFile(path.join(folder, 'fonts.conf'), '<?xml version="1.0"?><fontconfig><dir>none</dir></fontconfig>');
    const photos = ['0', '1'].map(name => path.join('night', 'images', `${name}.png`));
    const drawn = await callProgramIn(
      { ...process.env, FONTCONFIG_FILE: path.join(folder, 'fonts.conf') },
      folder,
      'figure',
      ...photos,
      'missing.png',
      '--checkpoint',
      'runs/street',
      '-o',
      'figure.png',
      '--width',
      '200',
    );
    assert.equal(drawn.status, 1, drawn.stderr);
    assert.match(drawn.stderr, /^missing\.png: there is no such file$/m);
    const { data, info } = await sharp(path.join(folder, 'figure.png'))
      .greyscale()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.equal(info.width, 3 * 200 + 2 * 14 + 2 * 28);
    const titles = data.subarray(20 * info.width, 60 * info.width);
    for (const left of [28, 242, 456]) {
      const ink = titles.filter(
        (value, p) => value < 100 && p % info.width >= left && p % info.width < left + 100,
      ).length;
      assert.ok(ink > 50, `the title at ${left}`);
    }
    await sharp(path.join(folder, photos[0])).toFile(path.join(folder, 'own.png'));
    const refused = await run('figure', photos[0], '--checkpoint', 'runs/street', '-o', 'own.png');
    assert.deepEqual(
      [refused.status, refused.stderr.includes('was not written by Labelless')],
      [1, true],
      refused.stderr,
    );
  });

  test('a folder that holds no network, and one that is damaged, are told', async () => {
    await writeStreets(folder, { training: { steps: 10 } });
    await adapt('street.adapt.json');
    const photo = path.join('day', 'images', '0.png');
    const none = await run('segment', photo, '--checkpoint', 'day');
    assert.equal(none.status, 1);
    assert.match(none.stderr, /0\.png: .*day is no run: it needs config\.json and classes\.json/);
    const checkpoint = path.join(runFolder(), 'checkpoints', 'step-000010.safetensors');
    await truncate(checkpoint, 1000);
    assert.match((await run('segment', photo, '--checkpoint', 'runs/street')).stderr, /step-000010\.safetensors: /);
    await writeFile(path.join(runFolder(), 'config.json'), '{}');
    assert.match((await run('segment', photo, '--checkpoint', 'runs/street')).stderr, /config\.json is damaged/);
  });
});
