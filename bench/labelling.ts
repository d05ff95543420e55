// What a few labelled images teach: `npm run bench:labelling -- --pair camvid|rendered2real --data DIR`.
//
// A simulated person labels N images of a folder by a click for each of Method 1's regions, which gets the class that
// most of its truth has: for each region at one granularity (`--by cut`), or for regions of the size that fits each
// place, as the wheel of the Object tool offers them (`--by wheel`). What is learned from them predicts up to 60 other
// images of the folder, spread over it, and is compared with their truths at 240 × 180, by mIoU over the classes.
// CamVid's images of even places choose settings (`--half tuned`), the others are reported (`--half reported`, the
// default). Without --granularity, or --price (wrong pixels that are worth a click), that is chosen on 24 of the
// former, and the curve printed. Rows: the nearest mean colour, a random forest in Python, and networks from scratch,
// pretrained, and pretrained with self-training on the rest; a file of --settings, JSON, has further rows, or others of
// these names. Training goes on where it was stopped when the command is given again.
// --together measures *Segment Together* instead: labels without any class, by their best matching with the classes.
// --rounds N plays the loop instead: in each round a network learns from all approved masks and proposes the others,
// and the person corrects the eight most uncertain proposals, or eight at random, for a click a region whose class is
// wrong; the table has the mIoU of the whole folder by clicks. Its settings are those of the first of --rows.
// Options: [--images N,…] [--seeds SEED,…] [--others N] [--granularity G] [--price N] [--half tuned|reported]
//   [--rows NAME;…] [--settings ROWS.json] [--python FILE] [--minutes N] [--threads N] [--output DIR]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '../mask/errors';
import { readRows, type Row } from './adaptation/rowSchema';
import { spread } from './labelling/chosenImages';
import { playLoop } from './labelling/correctionLoop';
import {
  bestLabelling,
  curveTable,
  describeLabelling,
  type Labelling,
  LabellingCurve,
  labellings,
} from './labelling/labellingCurve';
import { labelledPairs, listPhotosOf, type LabelledPhotos } from './labelling/labelledPairs';
import { labellingTable, type RowResult } from './labelling/labellingTable';
import { loopTable, type LoopPoint, type Order, orders } from './labelling/loopCurve';
import { networkResult, simpleResult } from './labelling/rowResults';
import { rowsWith } from './labelling/roundRows';
import { nearestMeanColour, randomForest } from './labelling/simpleLearners';
import { togetherTable } from './labelling/togetherTable';
import { writeTrial, type Trial } from './labelling/trials';
import { knownPhoto } from './labelling/truths';
import { startScript, virtualPython } from './peers/pythonScript';

const { values: options } = parseArgs({
  options: {
    pair: { type: 'string', default: 'camvid' },
    data: { type: 'string' },
    images: { type: 'string', default: '4,8,16' },
    others: { type: 'string', default: '60' },
    seeds: { type: 'string', default: '1,2,3' },
    half: { type: 'string', default: 'reported' },
    rows: { type: 'string' },
    settings: { type: 'string' },
    by: { type: 'string', default: 'cut' },
    granularity: { type: 'string' },
    price: { type: 'string' },
    python: { type: 'string' },
    minutes: { type: 'string', default: 'Infinity' },
    rounds: { type: 'string' },
    together: { type: 'boolean', default: false },
    threads: { type: 'string', default: '1' },
    output: { type: 'string', default: 'out/bench/labelling' },
  },
});
const simpleRows = ['nearest mean colour', 'random forest'] as const;
const deadline = performance.now() + Number(options.minutes) * 60_000;
const threads = Number(options.threads);
const seeds = options.seeds.split(',').map(Number);

async function main(data: string, pair: keyof typeof labelledPairs): Promise<void> {
  const photos = await listPhotosOf(pair, data);
  if (options.together) {
    const table = await togetherTable(photos, { photos: Number(options.others), seeds, threads });
    console.log(`${photos.title}, labels without classes, matched as they fit best:\n\n${table}`);
    return;
  }
  const labelling = fixedLabelling() ?? (await chooseLabelling(photos));
  const networks = rowsWith(options.settings === undefined ? {} : await readRows(options.settings));
  const names = options.rows?.split(';') ?? [...simpleRows, ...Object.keys(networks)];
  const classes = photos.classes.definitions.map(({ name }) => name);
  const result = (name: string, trial: Trial, seed: number): Promise<RowResult | undefined> => {
    if (name === 'nearest mean colour') return simpleResult(trial, photos.classes, nearestMeanColour);
    if (name === 'random forest') return forestResult(trial, photos);
    const row = networks[name];
    if (!row) throw new Error(`--rows ${name}: there is ${[...simpleRows, ...Object.keys(networks)].join('; ')}`);
    return networkResult(trial, photos.classes, { name, row, seed }, { threads, deadline });
  };
  for (const labelled of options.images.split(',').map(Number)) {
    if (options.rounds !== undefined) {
      await printLoops(photos, labelling, { labelled, row: networks[options.rows?.split(';')[0] ?? 'pretrained']! });
      continue;
    }
    const results = new Map<string, RowResult[]>(names.map(name => [name, []]));
    const clicks: number[] = [];
    for (const seed of seeds) {
      const place = path.resolve(options.output, pair, `${options.half}-${labelled}-${nameOf(labelling)}-seed-${seed}`);
      const from = options.half === 'tuned' ? photos.tuned : photos.reported;
      const settings = { labelled, others: Number(options.others), seed, labelling, place };
      const trial = await writeTrial(from, photos.classes, settings);
      clicks.push(trial.clicks);
      for (const name of names) {
        const found = await result(name, trial, seed).catch((error: unknown) => {
          console.error(`${name}, seed ${seed}: ${reasonOf(error)}`);
        });
        if (found) results.get(name)!.push(found);
        console.error(`${labelled} images, seed ${seed}, ${name}: ${describe(found)}`);
      }
    }
    const work = `${labelled} images labelled (${describeLabelling(labelling)}; ${clicks.join(', ')} clicks)`;
    console.log(`\n${photos.title}, ${work}:\n`);
    console.log(labellingTable(results, classes));
  }
}

/** Plays the loop with each order of corrections, and prints their curves. */
async function printLoops(
  photos: LabelledPhotos,
  labelling: Labelling,
  { labelled, row }: { readonly labelled: number; readonly row: Row },
): Promise<void> {
  if (!('granularity' in labelling)) throw new Error('--rounds: corrections are counted with --by cut alone');
  const { granularity } = labelling;
  for (const seed of seeds) {
    const place = path.resolve(options.output, pair!, `loop-${labelled}-${nameOf(labelling)}-seed-${seed}`);
    const settings = { labelled, others: Number(options.others), seed, labelling, place };
    const curves = new Map<Order, LoopPoint[]>();
    for (const order of orders) {
      const trial = await writeTrial(photos.reported, photos.classes, settings);
      const rounds = Number(options.rounds);
      const loop = { order, rounds, corrections: 8, granularity, seed, row, threads, deadline };
      curves.set(order, await playLoop(trial, photos.classes, loop));
    }
    console.log(`${photos.title}, ${labelled} images labelled at first, seed ${seed}:\n\n${loopTable(curves, 0.6)}`);
  }
}

function describe(result: RowResult | void): string {
  if (!result) return 'not finished';
  const scores = Object.entries(result.scores).map(([form, { mIoU }]) => `${form} ${mIoU.toFixed(3)}`);
  return `${scores.join(', ')}, ${result.seconds.toFixed(0)} s`;
}

/** The way of labelling that the options fix; undefined where it is to be chosen. */
function fixedLabelling(): Labelling | undefined {
  if (options.by === 'wheel') return options.price === undefined ? undefined : { priceOfClick: Number(options.price) };
  return options.granularity === undefined ? undefined : { granularity: Number(options.granularity) };
}

function nameOf(labelling: Labelling): string {
  return describeLabelling(labelling).replace(/[ ,]+/g, '-');
}

/** Chooses the way of labelling on photos that are not reported, and prints what the choice is between. */
async function chooseLabelling({ title, classes, tuned }: LabelledPhotos): Promise<Labelling> {
  if (tuned.length === 0) throw new Error(`${title}: name the --granularity, or --price, that another pair chose`);
  const curve = new LabellingCurve(classes.definitions.length, labellings[options.by === 'wheel' ? 'wheel' : 'cut']);
  for (const item of spread(tuned, 24)) {
    const { cuttable, truth } = await knownPhoto(item, classes);
    curve.add(cuttable, truth);
  }
  console.log(`${title}, labels of regions on the images that choose settings:\n\n${curveTable(curve.points())}`);
  return bestLabelling(curve.points());
}

async function forestResult(trial: Trial, { classes }: LabelledPhotos): Promise<RowResult> {
  const requirements = ['requirements.txt', 'requirements-forest.txt'];
  const python = options.python ?? virtualPython(path.resolve('out', 'peers', 'venv'), requirements);
  const script = await startScript(python, 'forest.py', [options.threads]);
  try {
    return await simpleResult(trial, classes, randomForest(script, path.join(trial.runs, 'forest')));
  } finally {
    await script.close();
  }
}

const pair = options.pair === 'camvid' || options.pair === 'rendered2real' ? options.pair : undefined;
if (options.data === undefined) throw new Error('--data DIR: the data folder of the pair');
if (!pair) throw new Error(`--pair ${options.pair}: choose ${Object.keys(labelledPairs).join(' or ')}`);
void main(options.data, pair);
