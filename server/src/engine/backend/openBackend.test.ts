import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ChoiceMemory, choiceKey } from './choiceMemory';
import { chooseBackend, openBackend } from './openBackend';
import { probeBackends, tryBackendInProcess } from './backendTrials';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';
import { tf } from '../graph/testing/plainTensorflow';
import { remedy, withoutNativeCode } from './backendPresence';
import type { Program } from '../graph';
import type { Backend } from './session';
import { interpreterBackend } from './tensorflowBackend';
import { tryBackend } from './trialStep';

const works = (name: RunnableBackendName, milliseconds: number): BackendReport => ({
  name,
  state: 'works',
  milliseconds,
});
const failed = (name: RunnableBackendName, detail: string): BackendReport => ({ name, state: 'failed', detail });

suite('auto', () => {
  let folder: string;
  let memory: ChoiceMemory;
  setup(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'labelless-choice-'));
    memory = new ChoiceMemory(path.join(folder, 'cache', 'backends.json'));
  });
  teardown(() => {
    rmSync(folder, { recursive: true });
  });

  /** Chooses among back ends of which these trials would come, `cpu` always among them. */
  async function chooseAmong(
    trials: readonly BackendReport[],
    options: { threads?: number; memory?: ChoiceMemory } = {},
  ) {
    const tried: string[] = [];
    const reported: BackendReport[] = [];
    const name = await chooseBackend(
      { threads: options.threads ?? 1, onTrial: trial => reported.push(trial) },
      {
        memory: options.memory ?? memory,
        present: candidate => trials.some(trial => trial.name === candidate),
        attempt: candidate => {
          tried.push(candidate);
          return Promise.resolve(trials.find(trial => trial.name === candidate)!);
        },
      },
    );
    return { name, tried, reported };
  }

  test('takes the fastest that works, and tells of every trial', async () => {
    const trials = [failed('cuda', 'no cuDNN'), works('webgpu', 2), works('tensorflow', 9), works('cpu', 5)];
    const { name, tried, reported } = await chooseAmong(trials);
    assert.equal(name, 'webgpu');
    assert.deepEqual(tried, ['cuda', 'webgpu', 'tensorflow', 'cpu']);
    assert.deepEqual(reported, trials);
  });

  test('tries nothing where there is only the processor', async () => {
    assert.deepEqual(await chooseAmong([works('cpu', 5)]), { name: 'cpu', tried: [], reported: [] });
    assert.ok(!existsSync(path.join(folder, 'cache')));
  });

  test('falls back to WebAssembly where nothing works', async () => {
    assert.equal((await chooseAmong([failed('webgpu', 'no adapter'), failed('cpu', 'no binary')])).name, 'wasm');
  });

  test('remembers the processor without any trial, and still tells what failed', async () => {
    const trials = [failed('cuda', 'no cuDNN'), works('cpu', 5)];
    await chooseAmong(trials);
    const again = await chooseAmong(trials, { memory: new ChoiceMemory(path.join(folder, 'cache', 'backends.json')) });
    assert.deepEqual(again, { name: 'cpu', tried: [], reported: trials });
  });

  test('tries a remembered accelerator once more, and that one alone', async () => {
    const trials = [failed('cuda', 'no cuDNN'), works('webgpu', 2), works('cpu', 5)];
    await chooseAmong(trials);
    assert.deepEqual(await chooseAmong([trials[0], works('webgpu', 3), trials[2]]), {
      name: 'webgpu',
      tried: ['webgpu'],
      reported: [trials[0], works('webgpu', 3), trials[2]],
    });
  });

  test('chooses anew when the remembered one fails', async () => {
    await chooseAmong([works('webgpu', 2), works('cpu', 5)]);
    const broken = [failed('webgpu', 'device lost'), works('cpu', 5)];
    assert.deepEqual(await chooseAmong(broken), { name: 'cpu', tried: ['webgpu', 'webgpu', 'cpu'], reported: broken });
    assert.deepEqual((await chooseAmong(broken)).tried, []);
  });

  test('chooses anew under other settings, with other devices, and after a week', async () => {
    const trials = [works('webgpu', 9), works('cpu', 5)];
    await chooseAmong(trials);
    assert.equal((await chooseAmong(trials, { threads: 2 })).tried.length, 2);
    assert.equal((await chooseAmong([works('cuda', 1), ...trials])).tried.length, 3);
    assert.equal((await chooseAmong(trials)).tried.length, 0, 'the first choice stays beside the others');
    const file = path.join(folder, 'cache', 'backends.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/"time":\d+/g, `"time":${Date.now() - 8 * 86_400_000}`));
    assert.equal((await chooseAmong(trials)).tried.length, 2);
  });

  test('does without a memory that is no such file, or cannot be written', async () => {
    const trials = [works('webgpu', 9), works('cpu', 5)];
    const file = path.join(folder, 'damaged.json');
    const key = choiceKey({ threads: 1 }, ['webgpu']);
    for (const content of [
      '{',
      '[]',
      JSON.stringify({ [key]: { name: 'auto', trials: [], time: Date.now() } }),
      JSON.stringify({ [key]: { name: 'cpu', trials: 'none', time: 0 } }),
    ]) {
      writeFileSync(file, content);
      assert.equal((await chooseAmong(trials, { memory: new ChoiceMemory(file) })).tried.length, 2, content);
    }
    const below = new ChoiceMemory(path.join(file, 'backends.json')); // below a file
    for (let time = 0; time < 2; time++) assert.equal((await chooseAmong(trials, { memory: below })).name, 'cpu');
  });

  test('a look at all back ends makes it choose anew', async () => {
    const trials = [works('webgpu', 9), works('cpu', 5)];
    await chooseAmong(trials);
    await probeBackends({ threads: 1 }, path.join(folder, 'no such script'), memory).next();
    assert.equal((await chooseAmong(trials)).tried.length, 2);
  });
});

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
    const inNetworks = {
      ...cpu,
      createSession: (program: Program) =>
        ('labels' in program.inputs ? wrong(cpu, 1.001) : cpu).createSession(program),
    };
    await assert.rejects(
      tryBackend(inNetworks),
      /computes wrong numbers: a loss of 1\.696\d* in step 1, where 1\.6945988/,
    );
  });

  test('systems without native code are told apart', () => {
    const [glibc, musl] = [() => false, () => true];
    assert.match(
      withoutNativeCode('darwin x64', glibc) ?? '',
      /Macs with Intel processors; wasm runs instead, slower$/,
    );
    assert.match(withoutNativeCode('linux x64', musl) ?? '', /Alpine Linux \(musl\); wasm runs instead, slower$/);
    for (const name of ['linux arm64', 'darwin arm64', 'win32 x64', 'win32 arm64'])
      assert.equal(withoutNativeCode(name, glibc), undefined);
  });

  test('a process that dies, or takes too long, is a failed trial that says so', async () => {
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
      writeFileSync(script, 'setTimeout(() => {}, 60000);');
      const slow = await tryBackendInProcess('cpu', { threads: 1 }, script, 0.5);
      assert.equal(slow.detail, `its trial took more than 0.5 s; ${remedy('cpu')}`);
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
