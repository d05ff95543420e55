import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openCpu } from '../backend/onnxBackends';
import { experimentSchema } from '../experiment/experimentSchema';
import { memoryData } from '../dataset/testing/memoryData';
import { street, streetClasses } from '../dataset/testing/streets';
import { trainExperiment } from './trainExperiment';

const experiment = experimentSchema.parse({
  source: {},
  classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
  network: { channels: 4 },
  adaptation: { strategy: 'none' },
  training: { steps: 3, batch: 1, size: [16, 16], rareClassSampling: 0.01 },
  output: { previews: 0 },
});
const source = [1, 2].map(seed => street(24, 24, seed, 'day'));
const pictures = memoryData(experiment, { classes: streetClasses, source, target: [], evaluation: [] });

suite('runs that read labels before they train', () => {
  let folder: string;
  setup(async () => {
    folder = path.join(await mkdtemp(path.join(os.tmpdir(), 'labelless-rare-run-')), 'run');
  });
  teardown(() => rm(path.dirname(folder), { recursive: true, force: true }));

  /** Trains until stopped: before a step, or while labels are read. */
  async function train(mode: 'new' | 'resume', stopAt: number | 'labels' | undefined) {
    const stop = new AbortController();
    const messages: string[] = [];
    let asked = 0;
    const run = trainExperiment(experiment, {
      folder,
      mode,
      data: {
        ...pictures,
        openSource: (...args) => {
          if (stopAt === 'labels') stop.abort();
          return stop.signal.aborted ? Promise.reject(stop.signal.reason as Error) : pictures.openSource(...args);
        },
      },
      openBackend: () => openCpu(1),
      log: line => {
        messages.push(line);
      },
      signals: {
        stop: stop.signal,
        cancel: new AbortController().signal,
        pause: () => {
          if (++asked === stopAt) stop.abort();
          return undefined;
        },
      },
    });
    for (;;) {
      const { value, done } = await run.next();
      if (done) return { state: value.state, step: value.step, messages };
    }
  }

  test('tell that, and have not failed where they are stopped meanwhile', async () => {
    const first = await train('new', 2);
    assert.deepEqual([first.state, first.step], ['stopped', 1]);
    assert.deepEqual(first.messages, [
      "the source's labels are read first, so that images with rare classes can be drawn sooner",
    ]);
    const held = await train('resume', 'labels');
    assert.deepEqual([held.state, held.step], ['stopped', 1]);
    const last = await train('resume', undefined);
    assert.deepEqual([last.state, last.step], ['finished', 3]);
  });
});
