import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { tf } from '../graph/testing/plainTensorflow';
import { ChoiceMemory } from './choiceMemory';
import { openBackend } from './openBackend';
import { remedy } from './backendPresence';
import { probeBackends } from './backendTrials';
import type { BackendReport } from '../../../../protocol/backends';
import type { Backend } from './session';
import { interpreterBackend } from './tensorflowBackend';
import { tryBackend } from './trialStep';
import { tryBackendInProcess } from './backendTrials';

/** A back end whose losses are off by a factor. */
function wrong(backend: Backend, factor: number): Backend {
  return {
    name: backend.name,
    createSession: async program => {
      const session = await backend.createSession(program);
      return Object.assign(Object.create(session) as typeof session, {
        run: async (...call: Parameters<typeof session.run>) => {
          const outputs = await session.run(...call);
          return { ...outputs, loss: { shape: [], data: Float32Array.of(outputs.loss.data[0] * factor) } };
        },
        dispose: () => session.dispose(),
      });
    },
  };
}

suite('trials of back ends', () => {
  for (const name of ['cpu', 'wasm'] as const) {
    test(`${name} gives the losses that PyTorch gives`, async () => {
      assert.ok((await tryBackend(await openBackend(name, { threads: 1 }))) > 0);
    });
  }

  test('tensorflow’s interpreter gives them on its plain back end', async function () {
    assert.ok((await tryBackend(interpreterBackend(tf), 1)) > 0);
  });

  test('wrong numbers are a failure, at one part in a thousand', async () => {
    const cpu = await openBackend('cpu', { threads: 1 });
    await assert.rejects(tryBackend(wrong(cpu, 1.001)), /computes wrong numbers: a loss of 4\.419\d* in step 1/);
    await assert.rejects(tryBackend(wrong(cpu, NaN)), /computes wrong numbers/);
  });

  test('a process that dies is a failed trial that names its end', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-trial-'));
    const script = path.join(folder, 'trial.js');
    try {
      writeFileSync(
        script,
        'console.error("driver gone"); process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 10000);',
      );
      const trial = await tryBackendInProcess('cpu', { threads: 1 }, script);
      assert.deepEqual(trial, {
        name: 'cpu',
        state: 'failed',
        detail: `its trial ended with SIGSEGV: driver gone; ${remedy('cpu')}`,
      });
      const none = await tryBackendInProcess('cpu', { threads: 1 }, path.join(folder, 'none.js'));
      assert.match(none.detail ?? '', /^its trial ended with exit status 1: /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('every back end gets a report, with a reason unless it works', async function () {
    this.timeout(120_000); // a process for each back end
    const trials: BackendReport[] = [];
    const memory = new ChoiceMemory(path.join(os.tmpdir(), 'labelless-no-such-folder', 'backends.json'));
    for await (const trial of probeBackends({ threads: 1 }, path.resolve('dist', 'trial.js'), memory))
      trials.push(trial);
    assert.deepEqual(
      trials.map(({ name }) => name),
      ['cpu', 'webgpu', 'cuda', 'directml', 'coreml', 'wasm', 'tensorflow'],
    );
    for (const { name, state, detail, milliseconds } of trials) {
      if (state === 'works') assert.ok(milliseconds! > 0, name);
      else assert.ok(detail, `${name} is ${state} without a reason`);
    }
    assert.equal(trials[0].state, 'works');
    assert.equal(trials[5].state, 'works');
  });
});
