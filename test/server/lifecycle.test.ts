import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { createProtocolConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver-protocol/node';
import { PictureRequest, type EncodedPicture } from '../../protocol/imageMessages';
import { SegmentRequest } from '../../protocol/segmentMessages';
import { StatusRequest } from '../../protocol/statusMessages';
import { isAlive, payload, TestClient } from './testClient';
import { until } from '../support/until';
import { drawPicture, Folder } from './pictureFolder';
import { BrokenTensorflow } from '../../server/src/engine/backend/testing/brokenTensorflow';

suite("The server's life", function () {
  const folder = new Folder();

  suiteSetup(() => drawPicture(folder.file('scene.png')));
  teardown(() => {
    TestClient.endAll();
  });
  suiteTeardown(() => {
    folder.remove();
  });

  /** A picture that PNG cannot make smaller than 8 MB. */
  async function drawNoise(file: string): Promise<void> {
    const side = 1700;
    let state = 1;
    const noise = Uint8Array.from(
      { length: 3 * side * side },
      () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24,
    );
    await sharp(noise, { raw: { width: side, height: side, channels: 3 } })
      .tiff()
      .toFile(file);
  }

  test('a large result goes by a file of this user alone; what nobody read goes with the server', async () => {
    await drawNoise(folder.file('noise.tif'));
    const client = await TestClient.start();
    const ask = () => client.connection.sendRequest(PictureRequest, { uri: folder.uri('noise.tif') });
    const read = await ask();
    const unread = await ask();
    assert.ok('file' in read && 'file' in unread && read.file !== unread.file);
    if (process.platform !== 'win32') assert.equal(statSync(read.file).mode & 0o777, 0o600);
    const picture = JSON.parse(readFileSync(read.file, 'utf8')) as EncodedPicture;
    const { width, height } = await sharp(Buffer.from(picture.png, 'base64')).metadata();
    assert.deepEqual([width, height], [1700, 1700]);
    rmSync(read.file);
    await client.close();
    assert.ok(!existsSync(path.dirname(unread.file)));
  });

  test("over Node's own channel, as VS Code starts it, until the channel closes", async () => {
    const server = fork(path.resolve('dist/server.js'), ['--node-ipc', `--clientProcessId=${process.pid}`], {
      silent: true,
    });
    process.once('exit', () => {
      server.kill();
    });
    const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
    connection.listen();
    const jobs: number[] = [];
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      jobs.push(...(/(\d+) started/.exec(message) ?? []).slice(1).map(Number));
    });
    await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
    await connection.sendNotification('initialized', {});
    const { outcomes } = await connection.sendRequest(SegmentRequest, {
      uris: [folder.uri('scene.png')],
      target: 'return',
    });
    assert.equal(payload(outcomes[0]).regions.width, 160);
    server.disconnect();
    await once(server, 'exit', { signal: AbortSignal.timeout(5000) });
    await until('the end of the job', () => jobs.length === 1 && !isAlive(jobs[0]));
    connection.dispose();
  });

  test('a shutdown in the middle of training ends the job', async () => {
    const client = await TestClient.start();
    client.settings = { clustering: { iterations: 200, channels: 48, scale: 1 } };
    const { result } = client.segment({ uris: [folder.uri('scene.png')], target: 'return' });
    result.catch(() => undefined); // the connection closes before the answer
    await until('training', () => client.previews.some(({ iteration }) => iteration > 0));
    await client.close();
    assert.equal(client.process.exitCode, 0);
    await until('the end of the job', () => !isAlive(client.jobs()[0]));
  });

  test('the status on demand tries the back ends', async () => {
    const client = await TestClient.start();
    const before = await client.connection.sendRequest(StatusRequest, {});
    assert.deepEqual([before.running, before.waiting, before.backend], [0, 0, undefined]);
    assert.ok(before.backends.length === 7 && before.backends.every(({ state }) => state === 'untried'));
    const { backends } = await client.connection.sendRequest(StatusRequest, { probe: true });
    assert.ok(
      backends.some(({ name, state }) => (name === 'cpu' || name === 'wasm') && state === 'works'),
      JSON.stringify(backends),
    );
    assert.ok(
      backends.every(({ state, detail }) => state === 'works' || detail !== undefined),
      'whatever does not work has a reason',
    );
    await client.close();
  });
});

suite("The server's back end", function () {
  const folder = new Folder();

  suiteSetup(() => drawPicture(folder.file('scene.png')));
  teardown(() => {
    TestClient.endAll();
  });
  suiteTeardown(() => {
    folder.remove();
  });

  test('that auto finds broken is named in status and log, and not tried again, even by the next server', async () => {
    const tensorflow = new BrokenTensorflow(folder.file('broken'));
    const isNamed = (line: string) =>
      /^The back end tensorflow does not work here: .*no library for this processor/.test(line);
    for (let server = 0; server < 2; server++) {
      const client = await TestClient.start({ env: tensorflow.env });
      client.settings = { tensorflow: { folder: tensorflow.folder } };
      for (let run = 0; run < 2; run++)
        await client.segment({ uris: [folder.uri('scene.png')], target: 'return' }).result;
      await until('the status', () => client.statuses.some(({ backend }) => backend !== undefined));
      const { backend, backends } = client.statuses.findLast(status => status.backend !== undefined)!;
      const report = backends.find(({ name }) => name === 'tensorflow');
      assert.equal(report?.state, 'failed');
      assert.match(report.detail ?? '', /no library for this processor/);
      assert.equal(backends.find(({ name }) => name === backend)?.state, 'works');
      await until('the log', () => client.log.some(isNamed));
      assert.equal(client.log.filter(isNamed).length, 1, 'once a process');
      assert.equal(tensorflow.tries, 1);
      await client.close();
    }
  });
});
