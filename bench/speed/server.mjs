// The language server as an editor drives it: the first mask, answers while a job trains, Stop.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';

/** Starts the server, answering its requests for settings with `settings`. */
async function connect(root, settings) {
  const server = spawn(process.execPath, [path.join(root, 'dist', 'server.js'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const connection = createProtocolConnection(server.stdout, server.stdin);
  connection.onRequest('workspace/configuration', asked => asked.items.map(() => settings));
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: { workspace: { configuration: true } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    close: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      connection.dispose();
    },
  };
}

/** Milliseconds from the request to the first preview: cold (the server's first job) and warm. */
export async function firstMask(root, picture) {
  const { connection, close } = await connect(root, {});
  const measure = async token => {
    const start = performance.now();
    const preview = new Promise(resolve => {
      const listener = connection.onNotification('labelless/preview', params => {
        if (params.token !== token) return;
        resolve(performance.now() - start);
        listener.dispose();
      });
    });
    const result = connection.sendRequest('labelless/segment', {
      uris: [pathToFileURL(picture).href],
      target: 'return',
      workDoneToken: token,
    });
    const milliseconds = await preview;
    await result;
    return milliseconds;
  };
  const cold = await measure('cold');
  const warm = await measure('warm');
  await close();
  return { cold, warm };
}

/** Starts a segmentation and waits until its training is under way; `result` is what comes of it. */
async function startTraining(connection, picture) {
  const training = new Promise(resolve => {
    connection.onNotification('labelless/preview', ({ iteration }) => {
      if (iteration > 1) resolve();
    });
  });
  const result = connection.sendRequest('labelless/segment', {
    uris: [pathToFileURL(picture).href],
    target: 'return',
    workDoneToken: 'train',
  });
  await Promise.race([training, result]);
  return { result };
}

/** Milliseconds of the slowest of many status requests, while the published method trains. */
export async function slowestAnswer(root, picture) {
  const { connection, close } = await connect(root, {
    method: 'continuity',
    continuity: { channels: 32, iterations: 1000 },
  });
  const { result } = await startTraining(connection, picture);
  let slowest = 0;
  for (let i = 0; i < 50; i++) {
    const start = performance.now();
    await connection.sendRequest('labelless/status', {});
    slowest = Math.max(slowest, performance.now() - start);
  }
  await connection.sendNotification('labelless/stop', { token: 'train' });
  await result;
  await close();
  return slowest;
}

/** Milliseconds from Stop to the result that it keeps, by the default method. */
export async function stopping(root, picture) {
  // so that it is not over by itself
  const { connection, close } = await connect(root, { clustering: { iterations: 200 } });
  const { result } = await startTraining(connection, picture);
  const start = performance.now();
  await connection.sendNotification('labelless/stop', { token: 'train' });
  const {
    outcomes: [{ segmentation }],
  } = await result;
  const milliseconds = performance.now() - start;
  if (!segmentation.summary.stopped) throw new Error('The run was over before Stop came: take a larger picture.');
  await close();
  return milliseconds;
}

/**
 * Time of a training that an editor looks at, by that of the same without previews; the shortest of three runs each.
 * `folder` takes masks.
 */
export async function previewCost(root, picture, folder) {
  const { connection, close } = await connect(root, {
    method: 'continuity',
    continuity: { channels: 32, iterations: 60, minimumLabels: 2 },
    output: { folder },
  });
  const run = async (target, token) => {
    const {
      outcomes: [outcome],
    } = await connection.sendRequest('labelless/segment', {
      uris: [pathToFileURL(picture).href],
      target,
      workDoneToken: token,
    });
    return (outcome.segmentation?.summary ?? outcome.summary).seconds;
  };
  const [seen, unseen] = [[], []];
  await run('return', 'warm-up');
  for (const repeat of [1, 2, 3]) {
    seen.push(await run('return', `looked at ${repeat}`));
    unseen.push(await run('write', `alone ${repeat}`));
  }
  await close();
  return Math.min(...seen) / Math.min(...unseen);
}
