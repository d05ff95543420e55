import assert from 'node:assert/strict';
import fs, { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeTree } from '../../dataset/testing/datasetTrees';
import type { DataListing } from '../../dataset/streaming/dataListing';
import { experimentSchema, type Experiment } from '../../experiment/experimentSchema';
import { planRun, type BeginOptions } from './beginRun';
import { writeBestCheckpoint, writeCheckpoint } from './checkpoint';
import { lockRun } from './runLock';
import { readRunExperiment } from './runFolder';
import { writeRunState } from './runState';

const classes = [
  { name: 'sky', colour: '#87ceeb' },
  { name: 'road', colour: '#808080' },
];
const experiment = (changes: object = {}): Experiment =>
  experimentSchema.parse({ source: {}, target: { images: 'night' }, classes: 'camvid11', ...changes });
const listing: DataListing = { source: { '0.png': '1-a 1-b', '1.png': '1-c 1-d' } };

suite('The folder of a run that begins', () => {
  let root: string;
  let folder: string;
  let messages: string[];
  setup(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'labelless begin-'));
    folder = path.join(root, 'run');
    messages = [];
  });
  teardown(() => rm(root, { recursive: true, force: true }));

  const plan = (options: Partial<BeginOptions> = {}, data = listing) =>
    planRun(folder, {
      experiment: experiment(),
      classes,
      mode: 'new',
      acceptChanges: false,
      listing: () => Promise.resolve(data),
      log: line => messages.push(line),
      ...options,
    });
  const begin = async (...options: Parameters<typeof plan>) => {
    await (await plan(...options)).begin();
  };
  const checkpoint = async (step: number) => {
    const content = { step, cursors: { source: step }, pending: { sums: {}, count: 0 }, loss: 1, best: 1, tensors: {} };
    await writeCheckpoint(folder, content, 2);
    await writeBestCheckpoint(folder, content);
  };
  /** A run with a checkpoint and a prediction, which a process left stopped. */
  const writeRun = async () => {
    await begin();
    await writeTree(folder, { 'predictions/a.png/picture.png': 'p', 'predictions/a.png/step-000010.png': '10' });
    await checkpoint(10);
    await writeRunState(folder, 'stopped');
  };
  /** All files below a folder with their contents. */
  const contents = async (at = folder) => {
    const entries = await readdir(at, { recursive: true, withFileTypes: true });
    const files = entries.filter(entry => entry.isFile()).map(entry => path.join(entry.parentPath, entry.name));
    return Object.fromEntries(
      await Promise.all(
        files.map(async file => [path.relative(at, file).replaceAll(path.sep, '/'), await readFile(file, 'utf8')]),
      ),
    ) as Record<string, string>;
  };

  for (const file of [
    'config.json',
    'classes.json',
    'metrics.csv',
    'log.jsonl',
    'state.json',
    'origin.json',
    'data.json',
    'messages.log',
    'control',
    'predictions/model-A/0.png',
    'checkpoints/best.pt',
  ])
    test(`${file} of others is in the way of a new run, and stays`, async () => {
      await writeTree(folder, { [file]: 'theirs' });
      for (const mode of ['new', 'replace'] as const) await assert.rejects(plan({ mode }), /is in the way/);
      assert.deepEqual(await contents(), { [file]: 'theirs' });
    });

  test('an experiment file that has the name of one of its files is no run', async () => {
    const config = JSON.stringify({ source: {}, target: { images: '.' }, classes: 'camvid11' });
    await writeTree(folder, { 'config.json': config, 'classes.json': JSON.stringify(classes) });
    const origin = path.join(folder, 'config.json');
    for (const mode of ['new', 'resume', 'replace'] as const)
      await assert.rejects(plan({ mode, origin }), /config\.json lies where the run would write/);
    assert.equal((await contents())['config.json'], config);
  });

  test('other files lie beside a run, and within its folders, when it is replaced', async () => {
    await writeTree(folder, { 'notes.txt': 'theirs', '0.png': 'theirs' });
    await writeRun();
    const theirs = { 'predictions/notes.txt': '1', 'predictions/a.png/mine.png': '2', 'checkpoints/model.pt': '3' };
    await writeTree(folder, theirs);
    await assert.rejects(plan(), /holds a run already/);
    await begin({ mode: 'replace', experiment: experiment({ training: { steps: 7 } }) });
    const { 'config.json': config = '', ...others } = await contents();
    assert.equal((JSON.parse(config) as Experiment).training.steps, 7);
    for (const name of ['classes.json', 'data.json', 'log.jsonl', 'metrics.csv', 'state.json']) delete others[name];
    assert.deepEqual(others, { 'notes.txt': 'theirs', '0.png': 'theirs', ...theirs });
  });

  test('links in it are refused by name, and nothing is written or deleted through them', async function () {
    if (process.platform === 'win32') this.skip(); // links need a privilege there
    await writeRun();
    await writeTree(root, { 'precious/a.png/step-000010.png': 'theirs', 'precious/table': 'theirs' });
    for (const [name, to] of [
      ['metrics.csv', 'table'],
      ['log.jsonl', 'table'],
      ['predictions', '.'],
      ['predictions/a.png', 'a.png'],
      ['checkpoints', '.'],
      ['checkpoints/best.safetensors', 'table'],
    ] as const) {
      const copy = path.join(root, 'copy');
      await cp(folder, copy, { recursive: true });
      await rm(path.join(folder, name), { recursive: true });
      await symlink(path.join(root, 'precious', to), path.join(folder, name));
      for (const mode of ['resume', 'replace'] as const)
        await assert.rejects(plan({ mode }), (error: Error) => error.message.startsWith(path.join(folder, name)));
      await rm(folder, { recursive: true });
      await cp(copy, folder, { recursive: true });
      await rm(copy, { recursive: true });
    }
    await rm(folder, { recursive: true });
    await mkdir(folder, { recursive: true });
    await symlink(path.join(root, 'precious', 'table'), path.join(folder, 'metrics.csv'));
    await assert.rejects(plan(), /metrics\.csv is in the way/);
    assert.deepEqual(await contents(path.join(root, 'precious')), {
      'a.png/step-000010.png': 'theirs',
      table: 'theirs',
    });
  });

  test('changed pictures are named when a run is resumed, and wanted or refused', async () => {
    await writeRun();
    const changed: DataListing = { source: { '1.png': '1-c 9-x', '2.png': '1-a', '3.png': '1-a' } };
    const before = await contents();
    await assert.rejects(
      plan({ mode: 'resume' }, changed),
      /source: 2 pictures were added \(2\.png, …\), 1 picture was removed \(0\.png\), 1 picture was changed, or its labels \(1\.png\)/,
    );
    assert.deepEqual(await contents(), before);
    await begin({ mode: 'resume', acceptChanges: true }, changed);
    assert.match(messages.join(), /^resumed although the data are not what they were .* 1 picture was removed/);
    messages = [];
    await begin({ mode: 'resume' }, changed); // they are what the run learns from by now
    assert.deepEqual(messages, []);
  });

  test('another setting is named with both values; another place of the same pictures is none', async () => {
    await writeRun();
    await assert.rejects(
      plan({ mode: 'resume', experiment: experiment({ training: { augmentation: { flip: false } } }) }),
      /training is not what it was when the run began \(training\.augmentation\.flip was true and is false\)/,
    );
    await begin({ mode: 'resume', experiment: experiment({ source: { root: 'moved' }, evaluation: { every: 5 } }) });
    const now = (await readRunExperiment(folder))!;
    assert.deepEqual([now.source.root, now.evaluation?.every], ['moved', 5]);
    await rm(path.join(folder, 'data.json')); // as in runs of earlier versions
    await assert.rejects(plan({ mode: 'resume' }), /source\.root was "moved" and is "\."/);
  });

  test('killed at any point of a replacement, it holds the old run or the new one', async () => {
    await writeRun();
    const whole = path.join(root, 'whole');
    await cp(folder, whole, { recursive: true });
    const old = await contents();
    const outcomes = new Set<string>();
    for (let calls = 0; !outcomes.has('done'); calls++) {
      const isKilled = await killedAfter(calls, () =>
        begin({ mode: 'replace', experiment: experiment({ training: { steps: 7 } }) }),
      );
      const after = await plan({ mode: 'resume' }).then(
        () => 'old',
        (error: Error) => (error.message.includes('training.steps was 7') ? 'new' : error.message),
      );
      // Temporary files and locks that a process leaves are free once it has ended; this one has not.
      const found = Object.fromEntries(
        Object.entries(await contents()).filter(([name]) => !/^\.labelless-.*\.(tmp|lock)$/.test(name)),
      );
      if (after === 'old') assert.deepEqual(found, old, `after ${calls} calls`);
      else assert.deepEqual([after, Object.keys(found).filter(name => name.includes('/'))], ['new', []]);
      outcomes.add(isKilled ? after : 'done');
      await rm(folder, { recursive: true });
      await cp(whole, folder, { recursive: true });
    }
    assert.deepEqual(outcomes, new Set(['old', 'new', 'done']));
  }).timeout(60000);

  test('is free after a kill, whichever process has the number of the killed one; not while others train', async () => {
    const state = { state: 'running', process: process.ppid, host: os.hostname() };
    const locks = async (record: object) => {
      await writeTree(folder, { 'state.json': JSON.stringify(record) });
      const release = await lockRun(folder).catch(() => undefined);
      await release?.();
      return release !== undefined;
    };
    assert.equal(await locks({ ...state, locked: true }), true);
    assert.equal(await locks(state), false, 'of an earlier version');
    assert.equal(await locks({ ...state, locked: true, host: 'elsewhere' }), false);
  });

  test('is locked for one process, and not left behind empty', async () => {
    const release = await lockRun(folder);
    await assert.rejects(lockRun(folder), /another process trains this run; stop it first/);
    await release();
    assert.deepEqual(await readdir(root), []);
  });
});

/**
 * Runs an action whose process is killed after some calls of node:fs/promises: none later has an effect.
 * @returns whether it came to that
 */
async function killedAfter(calls: number, action: () => Promise<void>): Promise<boolean> {
  const functions = fs as unknown as Record<string, unknown>;
  const originals = Object.entries(functions).filter(([, value]) => typeof value === 'function');
  let left = calls;
  let isKilled = false;
  for (const [name, original] of originals)
    functions[name] = (...args: unknown[]) => {
      if (left-- > 0) return (original as (...all: unknown[]) => unknown)(...args);
      isKilled = true;
      return Promise.reject(Object.assign(new Error('killed'), { code: 'EIO' }));
    };
  try {
    await action().catch(() => undefined);
  } finally {
    Object.assign(functions, Object.fromEntries(originals));
  }
  return isKilled;
}
