// How well labels go from one picture of a series to the next: `npm run bench:series -- --data DIR`.
//
// On the frames of CamVid by day, whose first half is what settings were tuned on (`--half tuned`); the second half is
// reported. Labels are carried by colours and textures alone, by the pretrained encoder's features too, and by a
// network besides. This one learned from eight frames of the first half, as a round of Learn from My Masks does; a
// simulated person labels them, --seed draws them, and they are not measured. It is trained once and kept under
// --output. First, each frame takes the labels of the true mask before it, against copying them pixel by pixel, by mIoU
// and the share of pixels that are right, each with half its 95 % interval by resampling frames. Then labels are
// propagated from every --length-th frame (10) to those after it, each from the one before, and the outcome is told by
// the estimate at which it would stop. --every N takes only every N-th frame for the first.
// Options: [--half tuned|reported] [--every N] [--length N] [--seed N] [--threads N] [--output DIR]
import path from 'node:path';
import { parseArgs } from 'node:util';
import { labelledItems, type LabelledItem } from '../server/src/engine/dataset/streaming/labelledItems';
import { resolveClasses } from '../server/src/engine/dataset/layouts/classList';
import { classScores, countPixels, emptyConfusion } from '../server/src/engine/metrics/confusion';
import { labelledPairs } from './labelling/labelledPairs';
import { knownPhoto } from './labelling/truths';
import { rightShare } from '../server/src/engine/series/rightShare';
import { carryFrame, maskOfTruth, type CarriedFrame } from './series/carriedFrames';
import { estimateTable, type Outcome } from './series/estimateTable';
import { FrameScores } from './series/frameScores';
import { framesBetween, seriesOf } from './series/frames';
import { learnFrames, type LearnedFolder } from './series/learnedFolder';
import { openWays, ways, type Way } from './series/ways';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    half: { type: 'string', default: 'reported' },
    every: { type: 'string', default: '1' },
    length: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '1' },
    output: { type: 'string', default: 'out/bench/series' },
  },
});
/** Frames between two pictures below which they count as near: half a second. */
const nearFrames = 15;
const classes = resolveClasses(labelledPairs.camvid.classes);
const empty = () => new FrameScores(classes.definitions.length);
type Sights = Awaited<ReturnType<typeof openWays>>;

async function main(): Promise<void> {
  if (!options.data) throw new Error('--data DIR: the folder in which CamVid is');
  const root = path.resolve(options.data, labelledPairs.camvid.folder);
  const all = await labelledItems({ layout: 'folders', root }, '', 'source', classes);
  const middle = Math.floor(all.length / 2);
  const halves = { tuned: all.slice(0, middle), reported: all.slice(middle) };
  const items = options.half === 'tuned' ? halves.tuned : halves.reported;
  const [threads, seed] = [Number(options.threads), Number(options.seed)];
  const place = path.resolve(options.output, `seed-${seed}`);
  const learned = await learnFrames(halves.tuned, classes, { seed, place, threads });
  const sights = await openWays(learned.folder, threads);
  await carryOnce(items, learned, sights);
  for (const way of ways) await propagate(items, way, learned, sights);
}

/** Each frame takes the labels of the true mask before it. */
async function carryOnce(items: readonly LabelledItem[], { approved }: LearnedFolder, sights: Sights): Promise<void> {
  const scores = { near: scoresByWay(), far: scoresByWay() };
  const counts = { near: 0, far: 0 };
  const outcomes = { colours: [] as Outcome[], features: [] as Outcome[], network: [] as Outcome[] };
  for (let index = 0; index + 1 < items.length; index += Number(options.every)) {
    const [first, second] = [items[index]!, items[index + 1]!];
    const between = framesBetween(first, second);
    if (between === Infinity || approved.has(second)) continue;
    const [before, next] = [await knownPhoto(first, classes), await knownPhoto(second, classes)];
    const kind = between < nearFrames ? 'near' : 'far';
    counts[kind]++;
    scores[kind].copied.add(next.truth, before.truth);
    const mask = maskOfTruth(before, classes);
    for (const way of ways) {
      const carried = await carryFrame(mask, before, next, sights[way]);
      scores[kind][way].add(next.truth, carried.classes);
      outcomes[way].push(outcomeOf(next.truth, carried, rightShare(1, carried.confidence)));
    }
    process.stderr.write(`\r${index} `);
  }
  for (const kind of ['far', 'near'] as const) {
    console.log(`\n${counts[kind]} frames ${kind}: mIoU, right\n`);
    for (const [way, found] of Object.entries(scores[kind]))
      console.log(`${way}: ${found.describe()}; more than colours: ${found.describeGain(scores[kind].colours)}`);
  }
  for (const way of ways) console.log(`\n${way}\n\n${estimateTable(outcomes[way])}`);
}

function scoresByWay(): Record<'copied' | Way, FrameScores> {
  return { copied: empty(), colours: empty(), features: empty(), network: empty() };
}

/** Frames take the labels of the one before, which took those of the one before that. */
async function propagate(
  items: readonly LabelledItem[],
  way: Way,
  { approved }: LearnedFolder,
  sights: Sights,
): Promise<void> {
  const outcomes: Outcome[] = [];
  const [carried, copied] = [empty(), empty()];
  for (const [group, series] of seriesOf(items, Number(options.length)).entries()) {
    let before = await knownPhoto(series[0]!, classes);
    const first = before;
    let mask = maskOfTruth(before, classes);
    let estimate = 1;
    for (const item of series.slice(1)) {
      const next = await knownPhoto(item, classes);
      const frame = await carryFrame(mask, before, next, sights[way]);
      estimate = rightShare(estimate, frame.confidence);
      [before, mask] = [next, frame.mask];
      if (approved.has(item)) continue;
      outcomes.push(outcomeOf(next.truth, frame, estimate));
      carried.add(next.truth, frame.classes, group);
      copied.add(next.truth, first.truth, group);
      process.stderr.write(`\r${way} ${outcomes.length} `);
    }
  }
  console.log(
    `\n${way}, propagated to ${options.length}: copied ${copied.describe()}; carried ${carried.describe()}\n`,
  );
  console.log(estimateTable(outcomes));
}

function outcomeOf(truth: Uint8Array, { classes: predicted }: CarriedFrame, estimate: number): Outcome {
  const confusion = emptyConfusion(classes.definitions.length);
  countPixels(confusion, truth, predicted);
  return { estimate, right: classScores(confusion).pixelAccuracy };
}

void main();
