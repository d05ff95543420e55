// How well labels go from one picture of a series to the next: `npm run bench:series -- --data DIR`.
//
// On the frames of CamVid by day, whose first half is what settings were tuned on (`--half tuned`); the second half is
// reported. First, each frame takes the labels of the true mask before it, against copying them pixel by pixel, by mIoU
// and the share of pixels that are right. Then labels are propagated from every --length-th frame (10) to those after
// it, each from the one before, and the outcome is told by the estimate at which it would stop. --every N takes only
// every N-th frame for the first.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { labelledItems, type LabelledItem } from '../server/src/engine/dataset/streaming/labelledItems';
import { resolveClasses } from '../server/src/engine/dataset/layouts/classList';
import { classScores, countPixels, emptyConfusion, type Confusion } from '../server/src/engine/metrics/confusion';
import { labelledPairs } from './labelling/labelledPairs';
import { knownPhoto } from './labelling/truths';
import { rightShare } from '../server/src/engine/series/rightShare';
import { carryFrame, maskOfTruth } from './series/carriedFrames';
import { estimateTable, type Outcome } from './series/estimateTable';
import { framesBetween, seriesOf } from './series/frames';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    half: { type: 'string', default: 'reported' },
    every: { type: 'string', default: '1' },
    length: { type: 'string', default: '10' },
  },
});
/** Frames between two pictures below which they count as near: half a second. */
const nearFrames = 15;
const classes = resolveClasses(labelledPairs.camvid.classes);
const empty = () => emptyConfusion(classes.definitions.length);

async function main(): Promise<void> {
  if (!options.data) throw new Error('--data DIR: the folder in which CamVid is');
  const root = path.resolve(options.data, labelledPairs.camvid.folder);
  const all = await labelledItems({ layout: 'folders', root }, '', 'source', classes);
  const middle = Math.floor(all.length / 2);
  const items = options.half === 'tuned' ? all.slice(0, middle) : all.slice(middle);
  await carryOnce(items);
  await propagate(items);
}

/** Each frame takes the labels of the true mask before it. */
async function carryOnce(items: readonly LabelledItem[]): Promise<void> {
  const sums = { near: { carried: empty(), copied: empty() }, far: { carried: empty(), copied: empty() } };
  const counts = { near: 0, far: 0 };
  const outcomes: Outcome[] = [];
  let seconds = 0;
  for (let index = 0; index + 1 < items.length; index += Number(options.every)) {
    const [first, second] = [items[index]!, items[index + 1]!];
    const between = framesBetween(first, second);
    if (between === Infinity) continue;
    const [before, next] = [await knownPhoto(first, classes), await knownPhoto(second, classes)];
    const carried = carryFrame(maskOfTruth(before, classes), before, next);
    const kind = between < nearFrames ? 'near' : 'far';
    counts[kind]++;
    countPixels(sums[kind].carried, next.truth, carried.classes);
    countPixels(sums[kind].copied, next.truth, before.truth);
    outcomes.push({ estimate: rightShare(1, carried.confidence), right: rightOf(next.truth, carried.classes) });
    seconds += carried.seconds;
    process.stderr.write(`\r${index} `);
  }
  for (const kind of ['far', 'near'] as const) {
    const { carried, copied } = sums[kind];
    console.log(`${counts[kind]} frames ${kind}: copied ${scores(copied)}, carried ${scores(carried)}`);
  }
  console.log(`${((1000 * seconds) / outcomes.length).toFixed(0)} ms each\n\n${estimateTable(outcomes)}`);
}

/** Frames take the labels of the one before, which took those of the one before that. */
async function propagate(items: readonly LabelledItem[]): Promise<void> {
  const outcomes: Outcome[] = [];
  const [carried, copied] = [empty(), empty()];
  for (const series of seriesOf(items, Number(options.length))) {
    let before = await knownPhoto(series[0]!, classes);
    const first = before;
    let mask = maskOfTruth(before, classes);
    let estimate = 1;
    for (const item of series.slice(1)) {
      const next = await knownPhoto(item, classes);
      const frame = carryFrame(mask, before, next);
      estimate = rightShare(estimate, frame.confidence);
      outcomes.push({ estimate, right: rightOf(next.truth, frame.classes) });
      countPixels(carried, next.truth, frame.classes);
      countPixels(copied, next.truth, first.truth);
      [before, mask] = [next, frame.mask];
      process.stderr.write(`\r${outcomes.length} `);
    }
  }
  console.log(`\npropagated to ${options.length}: copied ${scores(copied)}, carried ${scores(carried)}\n`);
  console.log(estimateTable(outcomes));
}

function rightOf(truth: Uint8Array, predicted: Uint8Array): number {
  const confusion = empty();
  countPixels(confusion, truth, predicted);
  return classScores(confusion).pixelAccuracy;
}

function scores(confusion: Confusion): string {
  const { mIoU, pixelAccuracy } = classScores(confusion);
  return `${mIoU.toFixed(3)} ${pixelAccuracy.toFixed(3)}`;
}

void main();
