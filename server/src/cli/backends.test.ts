import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackendReport } from '../../../protocol/server';
import { BrokenTensorflow } from '../engine/backend/testing/brokenTensorflow';
import { callProgramIn, square } from './testing/program';

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
