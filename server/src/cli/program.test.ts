import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { callProgram, program } from './testing/program';

const run = (...args: string[]) => callProgram(tmpdir(), ...args);

suite('labelless beside segmenting', () => {
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
