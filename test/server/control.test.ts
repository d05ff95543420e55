import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { decodeRegions } from '../../mask/files/codec';
import { HeaderRequest, PictureRequest } from '../../protocol/imageMessages';
import { StatusRequest } from '../../protocol/statusMessages';
import { isAlive, payload, TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';

/** Settings under which training takes ten seconds or more. */
const long = { clustering: { iterations: 200, scale: 1, channels: 48 }, limits: { threads: 1 } };

suite('While a job trains', function () {
  const folder = new Folder();
  let client: TestClient;

  suiteSetup(async () => {
    await drawPicture(folder.file('large scene.png'), 320, 240);
    await drawPicture(folder.file('scene.tif'));
  });
  suiteTeardown(() => {
    folder.remove();
  });
  setup(async () => {
    client = await TestClient.start();
    client.settings = long;
  });
  teardown(async () => {
    await client.close();
    TestClient.endAll();
  });

  /** Begins a long training and waits until the network has trained for some iterations. */
  async function train(cancel?: CancellationTokenSource) {
    const run = client.segment({ uris: [folder.uri('large scene.png')], target: 'return' }, cancel?.token);
    await until('training', () => client.previews.some(({ token, iteration }) => token === run.token && iteration > 0));
    return run;
  }

  /** A short run, to see that the server still works. */
  async function assertWorks() {
    client.settings = { clustering: { iterations: 1 } };
    payload((await client.segment({ uris: [folder.uri('large scene.png')], target: 'return' }).result).outcomes[0]);
  }

  test('stop keeps the best result so far, at once', async () => {
    const { token, result } = await train();
    await client.stop(token);
    const { outcomes } = await result;
    const { regions, summary } = payload(outcomes[0]);
    assert.equal(summary.stopped, true);
    assert.ok(summary.iterations > 0 && summary.iterations < 200);
    assert.equal(decodeRegions(regions).width, 320);
  });

  test('a stop of something else is harmless', async () => {
    await client.stop('no such run');
    await assertWorks();
  });

  test('cancel throws the image in work away and ends its process', async () => {
    const cancel = new CancellationTokenSource();
    const { result } = await train(cancel);
    cancel.cancel();
    assert.deepEqual(await result, { outcomes: [], cancelled: true, leftOut: [] });
    assert.ok(
      client.previews.every(({ iteration }) => iteration < long.clustering.iterations),
      'before training would have ended',
    );
    await until('the end of its process', () => !isAlive(client.jobs()[0]));
    assert.deepEqual([...client.diagnostics], []);
    await assertWorks();
  });

  test('the process killed: an error that names the file and the signal; the next request works', async () => {
    const { result } = await train();
    process.kill(client.jobs()[0], 'SIGKILL');
    const { outcomes } = await result;
    assert.ok('error' in outcomes[0]);
    assert.match(outcomes[0].error, /^large scene\.png: .*SIGKILL.*memory/);
    const uri = folder.uri('large scene.png');
    assert.equal(client.diagnostics.get(uri)?.[0].message, outcomes[0].error);
    await assertWorks();
    assert.deepEqual(client.diagnostics.get(uri), [], 'success clears the problem');
    assert.equal(client.jobs().length, 2);
  });

  test('other requests are answered meanwhile', async () => {
    const { token, result } = await train();
    const assertTraining = async () => {
      assert.equal((await client.connection.sendRequest(StatusRequest, {})).running, 1);
    };
    for (let i = 0; i < 40; i++) await assertTraining();
    const picture = await client.connection.sendRequest(PictureRequest, { uri: folder.uri('scene.tif') });
    assert.ok('png' in picture && picture.width === 160);
    await assertTraining();
    assert.deepEqual([...Buffer.from(picture.png, 'base64').subarray(1, 4)], [...Buffer.from('PNG')]);
    const {
      size,
      orientation = 1,
      ...header
    } = await client.connection.sendRequest(HeaderRequest, { uri: folder.uri('scene.tif') });
    assert.deepEqual(header, { kind: 'tiff', width: 160, height: 120, channels: 3, depth: 8, pages: 1 });
    assert.equal(orientation, 1);
    assert.equal(size, statSync(folder.file('scene.tif')).size);
    await assert.rejects(client.connection.sendRequest(HeaderRequest, { uri: folder.uri('none.png') }), /none\.png/);
    await client.stop(token);
    await result;
  });

  test('a second run waits its turn, and leaves the line when cancelled', async () => {
    const { token, result } = await train();
    const cancel = new CancellationTokenSource();
    const second = client.segment({ uris: [folder.uri('large scene.png')], target: 'return' }, cancel.token);
    await until('one waiting', () => client.statuses.at(-1)?.waiting === 1);
    cancel.cancel();
    assert.deepEqual(await second.result, { outcomes: [], cancelled: true, leftOut: [] });
    await until('nobody waiting', () => client.statuses.at(-1)?.waiting === 0);
    assert.equal(client.statuses.at(-1)?.running, 1);
    await client.stop(token);
    payload((await result).outcomes[0]);
  });

  test('a token serves one request at a time', async () => {
    const { token, result } = await train();
    const again = client.connection.sendRequest('labelless/segment', {
      uris: [folder.uri('large scene.png')],
      target: 'return',
      workDoneToken: token,
    });
    await assert.rejects(again, /workDoneToken/);
    await client.stop(token);
    payload((await result).outcomes[0]);
  });

  test('the server killed: its job ends by itself', async () => {
    await train();
    client.process.kill('SIGKILL');
    await until('the end of the job', () => !isAlive(client.jobs()[0]));
    client.connection.dispose();
  });
});
