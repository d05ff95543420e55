import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackendReport } from '../../../protocol/backends';
import { BrokenTensorflow } from '../engine/backend/testing/brokenTensorflow';
import { callProgram, callProgramIn, program, square } from './testing/callProgram';

suite('back ends on the command line', function () {
  this.timeout(120_000);
  let folder: string;
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'labelless-backends-'));
  });
  teardown(() => rm(folder, { recursive: true }));

  test('auto names what fails, each time, and tries it once', async () => {
    const tensorflow = new BrokenTensorflow(folder);
    await square(120, 90).png().toFile(path.join(folder, 'a.png'));
    const run = () =>
      callProgramIn(
        tensorflow.env,
        folder,
        'segment',
        'a.png',
        '--json',
        '--set',
        `tensorflow.folder=${tensorflow.folder}`,
      );
    for (let time = 0; time < 2; time++) {
      const { status, stdout, stderr } = await run();
      assert.equal(status, 0, stderr);
      assert.match(stderr, /^labelless: the back end tensorflow does not work here: .*no library for this processor/m);
      assert.notEqual((JSON.parse(stdout) as { images: { backend: string }[] }).images[0].backend, 'tensorflow');
      assert.equal(tensorflow.tries, 1);
    }
    await callProgramIn(tensorflow.env, folder, 'doctor', '--set', 'tensorflow.folder=nowhere');
    await run();
    assert.equal(tensorflow.tries, 2, 'the doctor makes it choose anew');
  });

  test('doctor tells of each whether it works, or what is missing and how to get it', async () => {
    const tensorflow = new BrokenTensorflow(folder);
    const doctor = (...args: string[]) => callProgramIn(tensorflow.env, folder, 'doctor', ...args);
    const { backends } = JSON.parse((await doctor('--json')).stdout) as { backends: BackendReport[] };
    for (const { name, state, detail, milliseconds } of backends) {
      assert.ok(state === 'works' ? milliseconds! > 0 : detail, name);
    }
    const without = backends.find(({ name }) => name === 'tensorflow');
    assert.equal(without?.state, 'missing');
    assert.match(without.detail ?? '', /npm install @tensorflow\/tfjs-node/);
    const { stdout } = await doctor('--set', `tensorflow.folder=${tensorflow.folder}`);
    assert.match(
      stdout,
      /^ {2}✘ tensorflow +failed: @tensorflow\/tfjs-node in .* does not load \(no library for this processor\); run `npm rebuild/m,
    );
    assert.match(stdout, /^ {2}✔ (cpu|wasm) +works, [\d.]+ ms a step$/m);
  });
});

suite('labelless beside segmenting', () => {
  const run = (...args: string[]) => callProgram(tmpdir(), ...args);

  test('doctor tries every back end', async () => {
    const { status, stdout, stderr } = await run('doctor', '--json');
    assert.equal(status, 0, stderr);
    const { node, backends } = JSON.parse(stdout) as {
      node: string;
      backends: { name: string; state: string; detail?: string }[];
    };
    assert.equal(node, process.versions.node);
    assert.deepEqual(backends.map(({ name }) => name).sort(), [
      'coreml',
      'cpu',
      'cuda',
      'directml',
      'tensorflow',
      'wasm',
      'webgpu',
    ]);
    for (const { name, state, detail } of backends)
      assert.ok(state === 'works' || detail, `${name} ${state} without a reason`);
  });

  test('serve answers the language-server protocol', async () => {
    const child = spawn(process.execPath, [program, 'serve', '--stdio'], { cwd: tmpdir() });
    const request = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    child.stdin.write(`Content-Length: ${request.length}\r\n\r\n${request}`);
    const answer = await new Promise<string>(resolve =>
      child.stdout.once('data', (bytes: Buffer) => {
        resolve(bytes.toString());
      }),
    );
    assert.match(answer, /^Content-Length: \d+/);
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.stdin.end();
    await ended;
  });

  test('help and version', async () => {
    assert.match((await run('--help')).stdout, /labelless segment/);
    assert.match((await run('segment', '--help')).stdout, /--granularity/);
    assert.match((await run('--version')).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
