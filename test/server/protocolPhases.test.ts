import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { PictureRequest } from '../../protocol/imageMessages';
import { SegmentRequest } from '../../protocol/segmentMessages';
import { drawPicture, Folder } from './pictureFolder';
import { connectTo, TestClient } from './testClient';

/** URIs that no file of this machine has. */
const oddUris = [
  'file:////server/share/x.png',
  '1ht tp:/x.png',
  'vscode-remote://host/x.png',
  'untitled:x',
  'file:///a%00b',
];

suite('What the protocol forbids', function () {
  this.timeout(60_000);
  const folder = new Folder();
  suiteSetup(() => drawPicture(folder.file('scene.png')));
  teardown(() => {
    TestClient.endAll();
  });
  suiteTeardown(() => {
    folder.remove();
  });

  test('before initialize, twice, and after shutdown a request is refused and does nothing', async () => {
    const server = spawn(process.execPath, [
      'dist/cli.js',
      'serve',
      '--stdio',
      '--stdio',
      `--clientProcessId=${process.pid}`,
    ]);
    const connection = connectTo(server);
    const segment = () => connection.sendRequest(SegmentRequest, { uris: [folder.uri('scene.png')], target: 'write' });
    await assert.rejects(segment(), { code: -32002 });
    await assert.rejects(connection.sendRequest('shutdown'), { code: -32002 });
    const start = () => connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
    await start();
    await assert.rejects(start(), { code: -32600 });
    await connection.sendRequest('shutdown');
    await assert.rejects(segment(), { code: -32600 });
    await assert.rejects(connection.sendRequest('shutdown'), { code: -32600 });
    assert.deepEqual(readdirSync(folder.path), ['scene.png']);
    const ended = once(server, 'exit');
    await connection.sendNotification('exit');
    assert.equal((await ended)[0], 0);
    connection.dispose();
  });

  test('exit without shutdown ends with status 1', async () => {
    const server = spawn(process.execPath, [path.resolve('dist/server.js'), '--stdio']);
    const connection = connectTo(server);
    const ended = once(server, 'exit');
    await connection.sendNotification('exit');
    assert.equal((await ended)[0], 1);
    connection.dispose();
  });

  test('an odd URI fails its own entry alone, also among those to skip', async () => {
    const client = await TestClient.start();
    const uris = [...oddUris, folder.uri('scene.png')];
    const { outcomes } = await client.segment({ uris, target: 'return', skip: oddUris.slice(0, 2) }).result;
    assert.deepEqual(
      outcomes.map(outcome => 'error' in outcome),
      [true, true, true, false],
    );
    for (const uri of oddUris.slice(1))
      // the first is the path of a Windows share
      await assert.rejects(client.connection.sendRequest(PictureRequest, { uri }), { code: -32602 }, uri);
    await client.close();
  });

  test('wrong parameters are described in plain words', async () => {
    const client = await TestClient.start();
    await assert.rejects(client.connection.sendRequest(SegmentRequest.method, { uris: 7, target: 'write' }), {
      code: -32602,
      message: /uris: it is not a list/,
    });
    await client.close();
  });
});
