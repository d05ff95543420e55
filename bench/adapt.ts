// mIoU on dusk pictures of CamVid of networks trained on its day pictures, by strategy: a table, mean and spread over seeds.
// Runs go on where they were stopped when the command is given again with the same --output.
// Usage: npx esbuild bench/adapt.ts --bundle --platform=node --main-fields=module,main --external:onnxruntime-node \
//          --external:onnxruntime-web --external:sharp --outfile=out/bench/adapt.js
//        && node out/bench/adapt.js --data DIR [--steps N] [--seeds N] [--rows NAME,…] [--frames tune|report] [--minutes N] [--output DIR]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { experimentSchema, type Experiment } from '../server/src/engine/adaptation/experiment';
import { trainExperiment } from '../server/src/engine/adaptation/run';
import { readLog } from '../server/src/engine/adaptation/runFolder';
import { memoryData } from '../server/src/engine/adaptation/testing/memoryData';
import { openBackend } from '../server/src/engine/backend/open';
import { readCamVid } from './adaptation/pictures';
import { rows } from './adaptation/rows';

const { values: options } = parseArgs({ options: {
  data: { type: 'string' }, steps: { type: 'string', default: '3000' }, seeds: { type: 'string', default: '3' }, threads: { type: 'string', default: '1' },
  rows: { type: 'string', default: Object.keys(rows).join() }, frames: { type: 'string', default: 'report' }, minutes: { type: 'string', default: 'Infinity' },
  output: { type: 'string', default: 'out/bench/adapt' },
} });

/** Frames of the validation set: settings are tuned on the first 15, figures told of the others. */
const frames = options.frames === 'tune' ? { from: 0, to: 15 } : { from: 15, to: 31 };

function experimentOf(row: string, seed: number): Experiment {
  const { augmentation, ...adaptation } = rows[row];
  const steps = Number(options.steps);
  return experimentSchema.parse({
    source: {}, target: { images: 'dusk' }, classes: 'camvid11', adaptation: { discriminatorChannels: 16, ...adaptation },
    training: { steps, seed, augmentation: { enabled: augmentation } }, evaluation: { every: Math.max(50, Math.round(steps / 10)) },
    output: { previews: 0, checkpointEvery: 50, keep: 1 },
  });
}

/** Trains, or goes on training, one row with one seed. Answers the last mIoU, or undefined where the time was up before. */
async function train(row: string, seed: number, data: string, deadline: number): Promise<number | undefined> {
  const experiment = experimentOf(row, seed);
  const folder = path.resolve(options.output, options.frames, String(experiment.training.steps), `${row.replaceAll(/\W+/g, '-')}-${seed}`);
  const [stop, cancel] = [new AbortController(), new AbortController()];
  const pictures = await readCamVid(data, experiment.training.size, frames);
  const run = trainExperiment(experiment, {
    folder, resume: true, data: memoryData(experiment, pictures), openBackend: () => openBackend('cpu', { threads: Number(options.threads) }),
    signals: { stop: stop.signal, cancel: cancel.signal },
  });
  for (;;) {
    const { value, done } = await run.next();
    if (performance.now() > deadline) stop.abort();
    if (done) return value.state === 'finished' ? (await readLog(folder)).at(-1)?.evaluation?.mIoU : undefined;
    for (const { step, evaluation, losses, secondsPerStep } of value.points) {
      if (evaluation) console.error(row, seed, step, evaluation.mIoU.toFixed(3), JSON.stringify(losses, (_, x: unknown) => typeof x === 'number' ? Number(x.toFixed(3)) : x), `${secondsPerStep.toFixed(2)} s/step`);
    }
  }
}

async function main(data: string): Promise<void> {
  const deadline = performance.now() + Number(options.minutes) * 60_000;
  console.log('| strategy | dusk mIoU, mean | spread | seeds |\n| --- | ---: | ---: | ---: |');
  for (const row of options.rows.split(',')) {
    const scores: number[] = [];
    for (let seed = 1; seed <= Number(options.seeds) && performance.now() < deadline; seed++) {
      const score = await train(row, seed, data, deadline);
      if (score !== undefined) scores.push(score);
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const spread = scores.length > 0 ? `${Math.min(...scores).toFixed(3)} … ${Math.max(...scores).toFixed(3)}` : '';
    console.log(`| ${row} | ${scores.length > 0 ? mean.toFixed(3) : 'not finished'} | ${spread} | ${scores.length} |`);
  }
}

if (options.data === undefined) throw new Error('--data DIR: a folder with day, dusk-unlabelled and dusk-validation');
void main(options.data);
