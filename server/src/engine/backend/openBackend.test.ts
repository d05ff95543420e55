import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ChoiceMemory, choiceKey } from './choiceMemory';
import { chooseBackend } from './openBackend';
import { probeBackends } from './backendTrials';
import type { BackendReport, RunnableBackendName } from '../../../../protocol/backends';

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
