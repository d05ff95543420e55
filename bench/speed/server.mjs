// The language server as an editor drives it: the first mask, answers while a job trains, Stop.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';

/** Starts the server, answering its requests for settings with `settings`. */
async function connect(root, settings) {
  const server = spawn(process.execPath, [path.join(root, 'dist', 'server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(server.stdout, server.stdin);
  connection.onRequest('workspace/configuration', asked => asked.items.map(() => settings));
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: { workspace: { configuration: true } } });
  await connection.sendNotification('initialized', {});
  return { connection, close: async () => {
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    connection.dispose();
  } };
}

/** Milliseconds from the request to the first preview: cold (the server's first job) and warm. */
export async function firstMask(root, picture) {
  const { connection, close } = await connect(root, {});
  const measure = async token => {
    const start = performance.now();
    const preview = new Promise(resolve => {
      const listener = connection.onNotification('labelless/preview', ({ token: of }) => {
        if (of !== token) return;
        resolve(performance.now() - start);
        listener.dispose();
      });
    });
    const result = connection.sendRequest('labelless/segment', { uris: [pathToFileURL(picture).href], target: 'return', workDoneToken: token });
    const milliseconds = await preview;
    await result;
    return milliseconds;
  };
  const cold = await measure('cold');
  const warm = await measure('warm');
  await close();
  return { cold, warm };
}

/** While the published method trains: the slowest of many status requests, and the time from Stop to the result. */
export async function whileTraining(root, picture) {
  const { connection, close } = await connect(root, { method: 'continuity', continuity: { channels: 32, iterations: 1000 } });
  const training = new Promise(resolve => {
    connection.onNotification('labelless/preview', ({ iteration }) => { if (iteration > 1) resolve(); });
  });
  const result = connection.sendRequest('labelless/segment', { uris: [pathToFileURL(picture).href], target: 'return', workDoneToken: 'train' });
  await Promise.race([training, result]);
  let slowest = 0;
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    await connection.sendRequest('labelless/status', {});
    slowest = Math.max(slowest, performance.now() - start);
  }
  const start = performance.now();
  await connection.sendNotification('labelless/stop', { token: 'train' });
  await result;
  const stop = performance.now() - start;
  await close();
  return { slowest, stop };
}
