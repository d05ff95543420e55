import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { picturePng } from '../support/workspace';
import { TestClient } from './testClient';

/** Variables by which ONNX Runtime knows the machines of its own tests, and keeps silent there. */
const silencing = ['CI', 'GITHUB_ACTIONS', 'TF_BUILD', 'ORT_RUNNING_UNIT_TESTS', 'ORT_DISABLE_TELEMETRY'];

suite('Nothing leaves the machine', () => {
  let folder: string;
  let picture: string;
  let env: NodeJS.ProcessEnv;

  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless private '));
    picture = path.join(folder, 'photo.png');
    writeFileSync(picture, picturePng(64, 48, 1));
    const home = path.join(folder, 'home');
    mkdirSync(home);
    env = { ...process.env, HOME: home, USERPROFILE: home, LOCALAPPDATA: home };
    for (const name of [...silencing, 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME'])
      delete env[name];
  });
  teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The files in the user's folder, but for Labelless's own memory of the back ends. */
  const foreignFiles = () => {
    const home = path.join(folder, 'home');
    return readdirSync(home, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ parentPath, name }) => path.relative(home, path.join(parentPath, name)))
      .filter(file => !file.includes('labelless'));
  };

  test('a job of the language server keeps no identity and no events in the user’s folders', async () => {
    const client = await TestClient.start({ env });
    try {
      const { outcomes } = await client.segment({ uris: [pathToFileURL(picture).href], target: 'write' }).result;
      assert.ok('written' in outcomes[0], JSON.stringify(outcomes));
    } finally {
      await client.close();
    }
    assert.deepEqual(foreignFiles(), []);
  });

  test('a segmentation makes no connection and looks up no name', function () {
    const trace = path.join(folder, 'trace');
    const strace = ['-f', '-qq', '-e', 'trace=connect,sendto,openat', '-o', trace];
    if (spawnSync('strace', ['-o', '/dev/null', 'true']).status !== 0) {
      console.log('      strace cannot be used here: connections are not watched');
      this.skip();
    }
    const args = [...strace, process.execPath, path.resolve('dist', 'cli.js'), 'segment', picture];
    const { status, stderr } = spawnSync('strace', args, { env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    const calls = readFileSync(trace, 'utf8').split('\n');
    assert.ok(
      calls.some(call => call.includes('libonnxruntime')),
      'the trace covers the library',
    );
    const network = calls.filter(call => /AF_INET|resolv\.conf|nsswitch\.conf|\/etc\/hosts/.test(call));
    assert.deepEqual(network, []);
    assert.deepEqual(foreignFiles(), []);
  });
});
