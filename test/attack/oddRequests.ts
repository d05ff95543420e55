import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SegmentRequest, type SegmentParams } from '../../protocol/segmentMessages';
import { TestClient } from '../server/testClient';
import { rawWordsIn } from './clearAnswer';
import { watchMemory } from './limitedRun';
import { chosen } from './oddFiles';
import { oddTexts } from './oddExperiments';
import { writePicture } from './scenes';
import type { Fault, Section, Trial } from './trial';

/** Addresses that are no file's, or are written as some editors write them. */
const addresses = [
  '',
  'x',
  'file:',
  'file://',
  'file:////server/share/x.png',
  'file:///%',
  'file:///%00.png',
  'file:///%ff%fe.png',
  'file:///a%2fb.png',
  'untitled:Untitled-1',
  'vscode-remote://ssh-remote+host/photo.png',
  'http://127.0.0.1:1/photo.png',
  'javascript:alert(1)',
  'a b:c',
  '1scheme:/x.png',
  'file:///dev/zero',
  'file:///proc/self/environ',
  'file:///etc',
  `file:///${'x'.repeat(5000)}.png`,
  'file:///\u0000.png',
  'git:/photo.png?{"ref":"HEAD"}',
];

/** Parameters of requests that have another shape than the protocol's. */
const shapes: readonly unknown[] = [
  null,
  [],
  7,
  'x',
  {},
  { uri: 7, uris: 7, folder: 7, file: 7 },
  { uris: [7], uri: {}, target: 'nowhere', formats: 'mask' },
  { uri: 'x', uris: ['x'], folder: 'x', target: 'return', formats: [], state: '', experiment: 'x' },
  { uri: 'file:////server/share/x.adapt.json', folder: '/no such folder', action: 'stop' },
];
const requests = [
  'segment',
  'header',
  'picture',
  'thumbnail',
  'export',
  'exportSet',
  'figure',
  'newExperiment',
  'adapt',
  'readRun',
  'listRuns',
  'followRun',
  'controlRun',
  'evaluate',
  'status',
];

/** Milliseconds that an answer may take. */
const patience = 20_000;

function within<T>(promise: Promise<T>): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) =>
      setTimeout(() => {
        reject(new Error(`no answer within ${patience / 1000} s`));
      }, patience).unref(),
    ),
  ]);
}

/** Runs one dialogue with a server of its own, which must then still be alive. */
async function dialogue(speak: (client: TestClient) => Promise<Fault>) {
  const start = Date.now();
  const client = await TestClient.start();
  const memory = watchMemory(client.process.pid!);
  try {
    const fault = await within(speak(client)).catch((error: unknown) => (error as Error).message);
    const isDead = client.process.exitCode !== null || client.process.signalCode !== null;
    return {
      fault: fault ?? (isDead ? 'the server has ended' : undefined),
      use: { megabytes: memory.end(), seconds: (Date.now() - start) / 1000 },
    };
  } finally {
    memory.end();
    client.process.kill('SIGKILL');
    client.connection.dispose();
  }
}

/** The fault in how a request was refused: an internal error, or words of a library. */
async function refusal(client: TestClient, method: string, params: unknown): Promise<Fault> {
  try {
    await client.connection.sendRequest(method, params);
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: number; message: string };
    if (code === -32603) return `${method} answers InternalError: ${message.slice(0, 100)}`;
    const raw = rawWordsIn(message);
    return raw === undefined ? undefined : `${method}: ${raw}`;
  }
}

export const oddAddresses: Section = {
  title: 'requests with odd addresses beside a good one',
  prepare: (folder, extent) => {
    const good = path.join(folder, 'photo.png');
    writePicture(good);
    const uri = pathToFileURL(good).href;
    const trials = addresses.map((address): Trial => ({
      title: JSON.stringify(address).slice(0, 60),
      run: () =>
        dialogue(async client => {
          const params: SegmentParams = {
            uris: [address, uri],
            target: 'write',
            skip: ['2scheme:/x.png', 'file:////a/b.png'],
          };
          const { outcomes } = await client.connection.sendRequest(SegmentRequest, params);
          const others = outcomes.filter(outcome => outcome.uri !== uri);
          if (others.length === outcomes.length || !outcomes.some(outcome => 'written' in outcome))
            return 'the good image failed with it';
          // A folder without images has no outcome.
          return others
            .map(outcome => ('error' in outcome ? rawWordsIn(outcome.error) : 'it was segmented'))
            .find(Boolean);
        }),
    }));
    return chosen(trials, extent, 3);
  },
};

export const oddShapes: Section = {
  title: 'requests of wrong shapes',
  prepare: (_, extent) => {
    const trials = requests.map((name): Trial => ({
      title: name,
      run: () =>
        dialogue(async client => {
          for (const params of shapes) {
            const fault = await refusal(client, `labelless/${name}`, params);
            if (fault !== undefined) return `${JSON.stringify(params)}: ${fault}`;
          }
          return undefined;
        }),
    }));
    return chosen(trials, extent, 2);
  },
};

export const oddDocuments: Section = {
  title: 'experiments opened in an editor: bombs, nonsense',
  prepare: (folder, extent) => {
    const trials = Object.entries(oddTexts).map(([title, content], index): Trial => ({
      title,
      run: () =>
        dialogue(async client => {
          const uri = pathToFileURL(path.join(folder, `${index}.adapt.json`)).href;
          const text = typeof content === 'string' ? content : content.toString('latin1');
          const document = { uri, languageId: 'json', version: 1, text };
          await client.connection.sendNotification('textDocument/didOpen', { textDocument: document });
          while (!client.diagnostics.has(uri)) await new Promise(resolve => setTimeout(resolve, 50));
          const found = client.diagnostics.get(uri)!;
          if (found.length === 0) return 'it finds nothing wrong';
          if (found.length > 1000) return `it publishes ${found.length} findings`;
          for (const method of ['textDocument/completion', 'textDocument/hover']) {
            const position = { line: 0, character: Math.min(5, text.length) };
            await client.connection.sendRequest(method, { textDocument: { uri }, position });
          }
          await client.connection.sendRequest('textDocument/codeLens', { textDocument: { uri } });
          return rawWordsIn(
            found.map(({ message }) => (typeof message === 'string' ? message : message.value)).join('\n'),
          );
        }),
    }));
    return chosen(trials, extent, 3);
  },
};
