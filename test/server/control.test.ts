import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { decodeRegions } from '../../mask/files/codec';
import { HeaderRequest, PictureRequest } from '../../protocol/imageMessages';
import { StatusRequest } from '../../protocol/statusMessages';
import { isAlive, TestClient, until } from './client';
import { drawPicture, Folder } from './pictures';
import { payload } from './outcomes';

/** Settings under which training takes ten seconds or more. */
const long = { clustering: { iterations: 200, scale: 1, channels: 48 }, limits: { threads: 1 } };

suite('While a job trains', function () {
  this.timeout(60_000);
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
    await until(
      'training',
      () => client.previews.some(({ token, iteration }) => token === run.token && iteration > 0),
      30,
    );
    return run;
  }

  /** A short run, to see that the server still works. */
  async function assertWorks() {
    client.settings = { clustering: { iterations: 1 } };
    payload((await client.segment({ uris: [folder.uri('large scene.png')], target: 'return' }).result).outcomes[0]);
  }

  test('stop keeps the best result so far, at once', async () => {
    const { token, result } = await train();
    const start = performance.now();
    await client.stop(token);
    const { outcomes } = await result;
    const took = performance.now() - start;
    console.log(`      stopped after ${took.toFixed(0)} ms`);
    const { regions, summary } = payload(outcomes[0]);
    assert.equal(summary.stopped, true);
    assert.ok(summary.iterations > 0 && summary.iterations < 200);
    assert.equal(decodeRegions(regions).width, 320);
    assert.ok(took < 1500);
  });

  test('a stop of something else is harmless', async () => {
    await client.stop('no such run');
    await assertWorks();
  });

  test('cancel throws the image in work away and ends its process', async () => {
    const cancel = new CancellationTokenSource();
    const { result } = await train(cancel);
    const start = performance.now();
    cancel.cancel();
    assert.deepEqual(await result, { outcomes: [], cancelled: true });
    console.log(`      cancelled after ${(performance.now() - start).toFixed(0)} ms`);
    assert.ok(performance.now() - start < 1500);
    await until('the end of its process', () => !isAlive(client.jobs()[0]), 2);
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

  test('other requests are answered at once', async () => {
    const { token, result } = await train();
    let slowest = 0;
    for (let i = 0; i < 40; i++) {
      const start = performance.now();
      const status = await client.connection.sendRequest(StatusRequest, {});
      slowest = Math.max(slowest, performance.now() - start);
      assert.equal(status.running, 1);
    }
    const start = performance.now();
    const picture = await client.connection.sendRequest(PictureRequest, { uri: folder.uri('scene.tif') });
    console.log(
      `      slowest of 40 answers ${slowest.toFixed(1)} ms; a picture, with a process to start, ${(performance.now() - start).toFixed(0)} ms`,
    );
    assert.ok('png' in picture && picture.width === 160);
    assert.deepEqual([...Buffer.from(picture.png, 'base64').subarray(1, 4)], [...Buffer.from('PNG')]);
    assert.ok(slowest < 250);
    const { size, ...header } = await client.connection.sendRequest(HeaderRequest, { uri: folder.uri('scene.tif') });
    assert.deepEqual(header, {
      kind: 'tiff',
      width: 160,
      height: 120,
      channels: 3,
      depth: 8,
      pages: 1,
      orientation: header.orientation,
    });
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
    assert.deepEqual(await second.result, { outcomes: [], cancelled: true });
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
