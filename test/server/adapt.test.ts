import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CancellationTokenSource, type ResponseError } from 'vscode-languageserver-protocol/node';
import { decodeBytes } from '../../mask/files/codec';
import {
  AdaptRequest,
  ControlTrainingRunRequest,
  EvaluateRequest,
  ExportNetworkRequest,
  FollowTrainingRunRequest,
  ListTrainingRunsRequest,
  ReadTrainingRunRequest,
  type AdaptFailure,
  type AdaptParams,
} from '../../protocol/trainingMessages';
import type { TrainingPoint } from '../../protocol/trainingPoint';
import type { TrainingRunAction, TrainingRunContents, TrainingRun } from '../../protocol/trainingRun';
import { writeStreets, type ExperimentChanges } from '../../server/src/engine/dataset/testing/streets';
import { launchTraining } from '../../server/src/jobs/training/launch';
import { isAlive, payload, TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';

/** Some seconds of training. */
const slow: ExperimentChanges = {
  network: { channels: 8 },
  training: { steps: 200, size: [96, 64], backend: 'cpu' },
  evaluation: { every: 100 },
};

suite('Training runs', function () {
  this.timeout(120_000);
  let folder: Folder;
  let client: TestClient;
  const run = () => folder.file('runs/street');

  setup(async () => {
    folder = new Folder();
    client = await startClient();
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
    const process = trainer();
    if (process !== undefined && isAlive(process)) globalThis.process.kill(process, 'SIGKILL');
    folder.remove();
  });

  async function startClient(): Promise<TestClient> {
    const started = await TestClient.start();
    started.settings = { limits: { threads: 1 } };
    return started;
  }

  /** The process that trains, by the run's folder. */
  function trainer(): number | undefined {
    try {
      return (JSON.parse(readFileSync(path.join(run(), 'state.json'), 'utf8')) as { process: number }).process;
    } catch {
      return undefined;
    }
  }

  const adapt = (params: Partial<AdaptParams> = {}, cancel?: CancellationTokenSource): Promise<TrainingRun> =>
    client.connection.sendRequest(AdaptRequest, { uri: folder.uri('street.adapt.json'), ...params }, cancel?.token);
  const control = (action: TrainingRunAction) =>
    client.connection.sendRequest(ControlTrainingRunRequest, { folder: run(), action });
  const read = async () =>
    (await client.connection.sendRequest(ReadTrainingRunRequest, { folder: run() })) as TrainingRunContents;
  const describe = async () => (await read()).run;
  const points = () => client.training.flatMap(news => news.points);
  const losses = (from: readonly TrainingPoint[]) =>
    from.map(({ step, losses: values, evaluation }) => ({ step, values, evaluation }));

  test('a run tells of itself as it goes on; masks are made meanwhile; its folder tells the same', async () => {
    await writeStreets(folder.path, slow);
    await drawPicture(folder.file('scene.png'));
    const answer = adapt({ workDoneToken: client.watch('training') });
    await until('points', () => points().length > 2);
    payload((await client.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result).outcomes[0]);
    assert.equal((await describe()).state, 'running');
    const ended = await answer;
    assert.deepEqual([ended.state, ended.step, ended.steps, ended.checkpoint], ['finished', 200, 200, 200]);
    assert.equal(ended.experiment, folder.file('street.adapt.json'));
    const contents = await read();
    assert.deepEqual(losses(points()), losses(contents.points));
    assert.equal(contents.points.length, 20);
    assert.deepEqual(
      contents.predictions.map(({ step }) => step),
      [100, 200],
    );
    assert.deepEqual(
      client.training.flatMap(news => news.predictions),
      contents.predictions,
    );
    assert.deepEqual(contents.classes[3], { name: 'road', colour: '#808080' });
    assert.equal(contents.run.mIoU, contents.points.at(-1)?.evaluation?.mIoU);
    assert.equal(client.training.at(-1)?.run.state, 'finished');
    assert.ok(client.training.some(news => (news.run.secondsLeft ?? 0) > 0));
    const reports = client.progress.filter(value => value.kind === 'report');
    assert.match(reports.at(-2)?.message ?? '', /^step \d+\/200 · segmentation \d\.\d+ · mIoU 0\.\d+ · \d+ s left$/);
    assert.equal(client.progress.at(-1)?.kind, 'end');
  });

  test('pause holds it, continue lets it go on, stop and cancelling end it behind a checkpoint', async () => {
    await writeStreets(folder.path, { ...slow, output: { checkpointEvery: 1000 } });
    const answer = adapt();
    await until('training', () => points().length > 1);
    await control('pause');
    await until('the pause', () => client.training.at(-1)?.run.state === 'paused');
    const held = points().length;
    await new Promise(resolve => setTimeout(resolve, 1500));
    assert.equal(points().length, held);
    await control('continue');
    await until('more points', () => points().length > held);
    await control('stop');
    const stopped = await answer;
    assert.equal(stopped.state, 'stopped');
    assert.equal(stopped.checkpoint, stopped.step);
    await assert.rejects(control('pause'), /not running/);

    const cancel = new CancellationTokenSource();
    const resumed = adapt({ mode: 'resume' }, cancel);
    const before = points().at(-1)!.step;
    await until('training to go on', () => points().at(-1)!.step > before);
    cancel.cancel();
    const again = await resumed;
    assert.equal(again.state, 'stopped');
    assert.ok(again.checkpoint! > stopped.checkpoint);
  });

  test('it outlives the server; a new one finds it and follows it to its end', async () => {
    await writeStreets(folder.path, slow);
    void adapt().catch(() => undefined);
    await until('training', () => points().length > 0);
    client.process.kill('SIGKILL');
    client.connection.dispose();
    client = await startClient();
    const [found] = await client.connection.sendRequest(ListTrainingRunsRequest, { folders: [folder.path] });
    assert.deepEqual([found.folder, found.state], [run(), 'running']);
    await client.connection.sendRequest(FollowTrainingRunRequest, { folder: run(), follow: true });
    const early = (await read()).points.length;
    const ended = await adapt(); // under way already: no second one
    assert.equal(ended.state, 'finished');
    assert.ok(points().length >= 20 - early);
    assert.equal((await read()).points.length, 20);
  });

  test('killed, it goes on from its last checkpoint with the losses of an uninterrupted run', async () => {
    const whole = new Folder();
    await writeStreets(whole.path, slow);
    await client.connection.sendRequest(AdaptRequest, { uri: whole.uri('street.adapt.json') });
    const expected = (await client.connection.sendRequest(ReadTrainingRunRequest, {
      folder: whole.file('runs/street'),
    })) as TrainingRunContents;
    whole.remove();

    await writeStreets(folder.path, { ...slow, output: { checkpointEvery: 40 } });
    const answer = adapt();
    await until(
      'a checkpoint and a bit',
      () => (client.training.at(-1)?.run.step ?? 0) >= 110 && client.training.at(-1)?.run.folder === run(),
    );
    process.kill(trainer()!, 'SIGKILL');
    const killed = await answer;
    assert.equal(killed.state, 'stopped');
    assert.match(killed.error ?? '', /its process ended/);
    assert.ok(killed.checkpoint! >= 80 && killed.checkpoint! % 40 === 0);
    const resumed = await adapt({ mode: 'resume' });
    assert.equal(resumed.state, 'finished');
    assert.deepEqual(losses((await read()).points), losses(expected.points));
  });

  test('a leashed process that nobody follows stops behind a checkpoint', async () => {
    const file = await writeStreets(folder.path, { ...slow, training: { ...slow.training, steps: 100_000 } });
    await launchTraining(path.resolve('dist/train.js'), {
      file,
      mode: 'new',
      acceptChanges: false,
      threads: 1,
      tensorflowFolder: '',
      followerTimeout: 1,
    });
    const process = trainer()!;
    await until('its end', () => !isAlive(process));
    const { state, checkpoint, error } = await describe();
    assert.equal(state, 'stopped');
    assert.equal(error, undefined);
    assert.ok(checkpoint! > 0);
  });

  test('what cannot begin is told, and what is there stays', async () => {
    await writeStreets(folder.path, { training: { steps: 10, stepz: 3 } });
    await assert.rejects(adapt(), /street\.adapt\.json: there is no setting training\.stepz/);
    await assert.rejects(adapt({ uri: folder.uri('none.adapt.json') }), /there is no such file/);
    await writeStreets(folder.path, { training: { steps: 10 } });
    assert.equal((await adapt()).state, 'finished');
    await assert.rejects(adapt(), /holds a run already; resume it/);
    assert.equal((await adapt({ mode: 'resume' })).state, 'finished');
    await writeStreets(folder.path, { training: { steps: 20 } });
    await assert.rejects(adapt({ mode: 'resume' }), /cannot be resumed: training is not what it was/);
    assert.equal((await describe()).steps, 10);
    assert.equal((await adapt({ mode: 'replace' })).steps, 20);
    await assert.rejects(
      client.connection.sendRequest(ReadTrainingRunRequest, { folder: folder.path }),
      /holds no run/,
    );
    await assert.rejects(
      client.connection.sendRequest(ReadTrainingRunRequest, { folder: 'street' }),
      /folder: not an absolute path/,
    );
  });

  test('an evaluation that is added later is measured; changed pictures are accepted on request', async () => {
    const changes: ExperimentChanges = { adaptation: { strategy: 'self-training' }, training: { steps: 10 } };
    const file = await writeStreets(folder.path, changes);
    const written = JSON.parse(readFileSync(file, 'utf8')) as { evaluation?: object };
    writeFileSync(file, JSON.stringify({ ...written, evaluation: undefined }));
    assert.equal((await adapt()).state, 'finished');
    const evaluate = () => client.connection.sendRequest(EvaluateRequest, { folder: run() });
    await assert.rejects(evaluate(), /names no labelled pictures to measure on/);
    writeFileSync(file, JSON.stringify(written));
    assert.equal((await evaluate()).pictures, 3);
    assert.equal((await adapt({ mode: 'resume' })).state, 'finished');
    assert.ok('evaluation' in ((await read()).experiment as object));

    copyFileSync(folder.file('night/images/0.png'), folder.file('night/images/00.png'));
    await assert.rejects(
      adapt({ mode: 'resume' }),
      ({ message, data }: ResponseError<AdaptFailure>) =>
        message.includes('target: 1 picture was added (00.png)') && data?.dataChanged === true,
    );
    assert.equal((await adapt({ mode: 'resume', acceptChanges: true })).state, 'finished');
  });

  test('its network segments pictures, by setting and by request, into regions with classes', async () => {
    await writeStreets(folder.path, { training: { steps: 40 } });
    await adapt();
    const uris = [folder.uri('night/images/0.png')];
    client.settings = { method: 'adapted', adaptation: { checkpoint: run() } };
    const bySetting = payload((await client.segment({ uris, target: 'return' }).result).outcomes[0]);
    client.settings = {};
    const byRequest = payload(
      (await client.segment({ uris, target: 'return', method: 'adapted', checkpoint: run() }).result).outcomes[0],
    );
    assert.deepEqual(byRequest.regions, bySetting.regions);
    const { summary, regions, regionClasses } = byRequest;
    assert.deepEqual([summary.method, summary.model, summary.predictions], ['adapted', 'street', 6]);
    const used = { steps: 40, scale1: 0.75, scale2: 1, scale3: 1.25, mirror: 1, refine: 1 };
    assert.deepEqual(summary.parameters, used);
    client.settings = { adaptation: { scales: [1], mirror: 'off', refine: 'off' } };
    const once = payload(
      (await client.segment({ uris, target: 'return', method: 'adapted', checkpoint: run() }).result).outcomes[0],
    );
    assert.deepEqual(once.summary.parameters, { steps: 40, scale1: 1, mirror: 0, refine: 0 });
    assert.equal(once.summary.predictions, 1);
    assert.deepEqual(summary.classes?.[3], { name: 'road', colour: '#808080' });
    assert.ok(decodeBytes(regionClasses!, regions.count).every(index => index < 5));
    const { outcomes } = await client.segment({ uris, target: 'return', method: 'adapted', checkpoint: folder.path })
      .result;
    assert.ok('error' in outcomes[0]);
    assert.match(outcomes[0].error, /is no run: it needs config\.json/);
    assert.equal(outcomes[0].setting, 'labelless.adaptation.checkpoint');
  });

  test('evaluating gives the scores of the last evaluation, with its confusion', async () => {
    await writeStreets(folder.path, { training: { steps: 60 } });
    const run60 = await adapt();
    const result = await client.connection.sendRequest(EvaluateRequest, { folder: run() });
    assert.deepEqual([result.pictures, result.step], [3, 60]);
    assert.equal(result.mIoU, run60.mIoU);
    const pixels = result.confusion.flat().reduce((sum, count) => sum + count, 0);
    assert.equal(pixels, 3 * 48 * 32);
    const right = result.confusion.reduce((sum, row, index) => sum + row[index], 0);
    assert.ok(Math.abs(result.pixelAccuracy - right / pixels) < 1e-12);
  });

  test('exports its network into a folder, and replaces files there on request alone', async () => {
    const exportTo = (params: { destination: string; replace?: boolean }) =>
      client.connection.sendRequest(ExportNetworkRequest, { folder: run(), ...params });
    const destination = folder.file('model');
    await assert.rejects(exportTo({ destination }), /is no run: it needs config\.json/);
    await writeStreets(folder.path, { training: { steps: 4 } });
    await adapt();
    const files = ['street.onnx', 'street.md'].map(name => path.join(destination, name));
    assert.deepEqual(await exportTo({ destination }), { written: files });
    writeFileSync(files[1], 'mine');
    assert.deepEqual(await exportTo({ destination }), { existing: files });
    assert.equal(readFileSync(files[1], 'utf8'), 'mine');
    assert.deepEqual(await exportTo({ destination, replace: true }), { written: files });
    assert.match(readFileSync(files[1], 'utf8'), /^# street\n/);
    await assert.rejects(exportTo({ destination: 'model' }), /destination: not an absolute path/);
  });

  test('without an evaluation held-out pictures are measured; the same ones stay held out when one is added', async () => {
    const file = await writeStreets(folder.path);
    const written = JSON.parse(readFileSync(file, 'utf8')) as { source: object; evaluation?: object };
    writeFileSync(file, JSON.stringify({ ...written, evaluation: undefined }));
    const { best } = await adapt();
    const evaluate = (checkpoint?: 'last') =>
      client.connection.sendRequest(EvaluateRequest, { folder: run(), ...(checkpoint && { checkpoint }) });
    const result = await evaluate();
    assert.deepEqual([result.of, result.step, result.mIoU], ['heldOut', best!.step, best!.heldOutMIoU]);
    assert.equal((await evaluate('last')).step, 40);

    writeFileSync(file, JSON.stringify(written));
    assert.equal((await evaluate()).of, 'target');
    assert.equal((await adapt({ mode: 'resume' })).state, 'finished');
    writeFileSync(file, JSON.stringify({ ...written, source: { ...written.source, holdOut: 0.3 } }));
    await assert.rejects(adapt({ mode: 'resume' }), /source\.holdOut was 0\.1 and is 0\.3/);
  });
});
