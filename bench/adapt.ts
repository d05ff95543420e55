// mIoU on photos of networks trained on another domain, by strategy, for two pairs: rendered → real (data folder with
// `source`, `target` and `validation`, 5 classes) and CamVid's day → dusk (`day`, `dusk-unlabelled` and
// `dusk-validation`, 11 classes). Each strategy stands beside the source alone for as many steps, without and with the
// target's statistics; each is measured at its last checkpoint, by one prediction, with sizes and mirror images, and
// along superpixels too. Settings are tuned on the first validation frames (`--frames tune`: 33 or 15), figures come
// from the others (`report`); training is watched on the first alone. Classes are compared with labels at the size of
// the pictures of the last training stage, or at the labels' own (`--at photo`).
// Runs go on where they were stopped when the command is given again with the same --output; a row of other settings is
// another run. Rows are in bench/adaptation; a file of --settings, JSON, has rows of the same form.
// Usage: npm run bench:adapt -- --pair rendered|dusk --data DIR [--seeds N] [--rows NAME;…] [--frames tune|report]
//          [--at trained|photo] [--alone] [--steps N] [--minutes N] [--settings ROWS.json] [--threads N] [--output DIR]
// --alone leaves out the controls of the rows asked for; --steps shortens all runs, to try them out.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '../mask/errors';
import { checkNoConflicts } from '../server/src/engine/experiment/conflicts';
import type { Experiment } from '../server/src/engine/experiment/experimentSchema';
import { resolveClasses } from '../server/src/engine/dataset/layouts/classList';
import { planRows, trainingKey } from './adaptation/comparisonPlan';
import { scoreFrames, ways } from './adaptation/frameScores';
import { experimentOf, pairs, withSteps } from './adaptation/pairs';
import { checkRows, readRows } from './adaptation/rowSchema';
import { trainingTime, trainRow } from './adaptation/rowTraining';
import { scoreTable, type SeedResult } from './adaptation/scoreTable';

const { values: options } = parseArgs({
  options: {
    pair: { type: 'string' },
    data: { type: 'string' },
    seeds: { type: 'string', default: '3' },
    rows: { type: 'string' },
    frames: { type: 'string', default: 'report' },
    at: { type: 'string', default: 'trained' },
    alone: { type: 'boolean', default: false },
    steps: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    settings: { type: 'string' },
    threads: { type: 'string', default: '1' },
    output: { type: 'string', default: 'out/bench/adapt' },
  },
});

/** The value of an option that is one of some words. */
function oneOf<T extends string>(name: string, value: string | undefined, words: readonly T[]): T {
  const word = words.find(each => each === value);
  if (word === undefined) throw new Error(`--${name} ${value ?? ''}: choose ${words.join(' or ')}`);
  return word;
}

const pairName = oneOf('pair', options.pair, ['rendered', 'dusk']);
const frames = oneOf('frames', options.frames, ['tune', 'report']);
const at = oneOf('at', options.at, ['trained', 'photo']);
const pair = pairs[pairName];
const threads = Number(options.threads);

async function main(data: string): Promise<void> {
  const deadline = performance.now() + Number(options.minutes) * 60_000;
  const file = options.settings;
  const rows = file === undefined ? checkRows(pair.rows, pairName) : await readRows(file);
  const named = Object.fromEntries(
    Object.entries(rows).map(([name, row]) => {
      const full = experimentOf(pair, data, name, row);
      const experiment = options.steps === undefined ? full : withSteps(full, Number(options.steps));
      checkNoConflicts(experiment);
      return [name, { experiment, controlStatistics: row.controlStatistics }];
    }),
  );
  const wanted = options.rows?.split(';') ?? Object.keys(named);
  const unknown = wanted.find(name => !Object.hasOwn(named, name));
  if (unknown !== undefined) throw new Error(`--rows ${unknown}: there is ${Object.keys(named).join('; ')}`);
  const planned = planRows(wanted, named, !options.alone);
  const results = new Map<string, SeedResult[]>(planned.map(({ name }) => [name, []]));
  // Seed by seed, so that what is stopped early has compared all rows.
  for (let seed = 1; seed <= Number(options.seeds); seed++)
    for (const { name, experiment } of planned) {
      const result = await resultOf(name, experiment, seed, deadline).catch((error: unknown) => {
        console.error(`${name}, seed ${seed}: ${reasonOf(error)}`);
      });
      if (result) results.get(name)!.push(result);
    }
  const classes = resolveClasses(pair.classes).definitions.map(({ name }) => name);
  const place = at === 'trained' ? 'at the size of the last training stage' : 'at the size of the labels';
  for (const way of ways) {
    console.log(`\n${pair.title}, ${frames === 'tune' ? 'frames for tuning' : 'held-out frames'}, ${way}, ${place}:\n`);
    console.log(scoreTable(way, planned, results, classes));
  }
}

/** Trains and measures a row with a seed; undefined where time was up before. */
async function resultOf(
  name: string,
  row: Experiment,
  seed: number,
  deadline: number,
): Promise<SeedResult | undefined> {
  const experiment = { ...row, training: { ...row.training, seed } };
  const run = `${row.adaptation.strategy}-${trainingKey(row)}-seed-${seed}`;
  const folder = path.resolve(options.output, pairName, run);
  if (!(await trainRow(experiment, { folder, threads, deadline }))) return undefined;
  const scores = await scoreFrames(experiment, {
    folder,
    frames: frames === 'tune' ? [0, pair.tuned] : [pair.tuned, Infinity],
    at,
    threads,
  });
  const figures = ways.map(way => `${way} ${scores[way].mIoU.toFixed(3)}`);
  console.error(`${name}, seed ${seed}: ${figures.join(', ')}`);
  return { seed, scores, ...(await trainingTime(folder)) };
}

if (options.data === undefined) throw new Error('--data DIR: the data folder of the pair');
void main(options.data);
