// mIoU on dusk pictures of CamVid of networks trained on its day pictures, by strategy: a table, mean and spread over
// seeds, of the last checkpoints. Settings are tuned on the first 15 validation frames (`--frames tune`), figures come
// from the others. Runs go on where they were stopped when the command is given again with the same --output.
// Usage: npm run bench:adapt -- --data DIR [--steps N] [--channels N] [--seeds N] [--rows NAME;…]
//          [--frames tune|report] [--minutes N] [--settings ROWS.json] [--threads N] [--output DIR]
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCheckpoint } from '../server/src/engine/adaptation/run/checkpoint';
import { evaluateModel, openModel } from '../server/src/engine/adaptation/prediction/model';
import { experimentSchema, type Experiment } from '../server/src/engine/experiment/experimentSchema';
import { trainedSize } from '../server/src/engine/experiment/trainedSize';
import { trainExperiment } from '../server/src/engine/adaptation/trainExperiment';
import { classScores, type ClassScores } from '../server/src/engine/metrics/confusion';
import { openBackend } from '../server/src/engine/backend/openBackend';
import { openCamVid } from './adaptation/camvidPictures';
import { rows as ownRows, rowsSchema, type Row } from './adaptation/rows';
import { withStatistics } from './adaptation/statistics';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    steps: { type: 'string', default: '3000' },
    channels: { type: 'string', default: '16' },
    seeds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '1' },
    rows: { type: 'string' },
    settings: { type: 'string' },
    frames: { type: 'string', default: 'report' },
    minutes: { type: 'string', default: 'Infinity' },
    output: { type: 'string', default: 'out/bench/adapt' },
  },
});

const frames = { tune: { from: 0, to: 15 }, report: { from: 15, to: 31 } };
const digits = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value);

/**
 * The range of random scaling. Pictures are never made smaller than the frame, since what would lie beyond their edges
 * would count in the statistics of batches.
 */
const scale = [1, 1.5];

function experimentOf({ adaptation, training, augmentation, warmUp }: Row, seed: number): Experiment {
  const steps = Number(options.steps);
  return experimentSchema.parse({
    source: {},
    target: { images: 'dusk' },
    classes: 'camvid11',
    network: { channels: Number(options.channels) },
    adaptation: { discriminatorChannels: 16, warmUp: Math.round(warmUp * steps), ...adaptation },
    training: { steps, seed, ...training, augmentation: { enabled: augmentation, scale } },
    evaluation: { every: Math.max(50, Math.round(steps / 10)) },
    output: { previews: 0, checkpointEvery: 50, keep: 1 },
  });
}

/**
 * Trains a network, or continues its training, watched on the tuning frames. Returns whether it was finished in time.
 */
async function train(experiment: Experiment, folder: string, data: string, deadline: number): Promise<boolean> {
  const [stop, cancel] = [new AbortController(), new AbortController()];
  const run = trainExperiment(experiment, {
    folder,
    mode: 'resume',
    data: await openCamVid(experiment, data, frames.tune),
    openBackend: () => openBackend('cpu', { threads: Number(options.threads) }),
    signals: { stop: stop.signal, cancel: cancel.signal },
  });
  for (;;) {
    const { value, done } = await run.next();
    if (performance.now() > deadline) stop.abort();
    if (done) return value.state === 'finished';
    for (const { step, evaluation, losses, secondsPerStep } of value.points) {
      if (evaluation)
        console.error(
          path.basename(folder),
          step,
          evaluation.mIoU.toFixed(3),
          JSON.stringify(losses, digits),
          `${secondsPerStep.toFixed(2)} s/step`,
        );
    }
  }
}

/** Scores the last checkpoint of a finished run on the frames asked for. */
async function measure(
  { statistics }: Row,
  experiment: Experiment,
  folder: string,
  root: string,
): Promise<ClassScores> {
  const data = await openCamVid(experiment, root, options.frames === 'tune' ? frames.tune : frames.report);
  const backend = await openBackend('cpu', { threads: Number(options.threads) });
  const { tensors } = (await readCheckpoint(folder))!;
  const [width, height] = trainedSize(experiment);
  const model = await openModel(backend, experiment, data.classes.length, height, width);
  await model.load(statistics ? await withStatistics(statistics, experiment, tensors, data, backend) : tensors);
  const scores = classScores(await evaluateModel(model, data.evaluation(), data.classes.length));
  await model.dispose();
  return scores;
}

async function main(data: string): Promise<void> {
  const deadline = performance.now() + Number(options.minutes) * 60_000;
  const rows =
    options.settings === undefined ? ownRows : rowsSchema.parse(JSON.parse(await readFile(options.settings, 'utf8')));
  console.log('| strategy | dusk mIoU, mean | least … greatest | seeds |\n| --- | ---: | ---: | ---: |');
  for (const name of options.rows?.split(';') ?? Object.keys(rows)) {
    const row = rows[name];
    if (!row) throw new Error(`--rows ${name}: there is ${Object.keys(rows).join('; ')}`);
    const scores: number[] = [];
    for (let seed = 1; seed <= Number(options.seeds) && performance.now() < deadline; seed++) {
      const experiment = experimentOf(row, seed);
      const folder = path.resolve(
        options.output,
        `${options.steps}-steps-${options.channels}-channels`,
        `${name.replace(/, statistics of .*/, '').replaceAll(/\W+/g, '-')}-${seed}`,
      );
      if (!(await train(experiment, folder, data, deadline))) continue;
      const { mIoU, perClass } = await measure(row, experiment, folder, data);
      console.error(name, seed, JSON.stringify({ mIoU, perClass }, digits));
      scores.push(mIoU);
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const spread = scores.length > 0 ? `${Math.min(...scores).toFixed(3)} … ${Math.max(...scores).toFixed(3)}` : '';
    console.log(`| ${name} | ${scores.length > 0 ? mean.toFixed(3) : 'not finished'} | ${spread} | ${scores.length} |`);
  }
}

if (options.data === undefined) throw new Error('--data DIR: a folder with day, dusk-unlabelled and dusk-validation');
void main(options.data);
