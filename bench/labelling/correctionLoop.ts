import { writeFile } from 'node:fs/promises';
import path, { basename as nameOf } from 'node:path';
import * as z from 'zod';
import { readRegularFile } from '../../files/regularFile';
import { parseJson } from '../../mask/files/json';
import { defaultSettings } from '../../protocol/settings';
import { openAdaptedModel } from '../../server/src/engine/adaptation/prediction/adaptedModel';
import { checkpointFileInUse } from '../../server/src/engine/adaptation/run/checkpoint';
import { readRunExperiment } from '../../server/src/engine/adaptation/run/runFolder';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import { seededRandom } from '../../server/src/engine/common/random';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { nearestLabels } from '../../server/src/engine/dataset/streaming/itemLoading';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { classScores, countPixels, emptyConfusion } from '../../server/src/engine/metrics/confusion';
import type { Row } from '../adaptation/rowSchema';
import { chooseNext, type LoopPoint, type Order } from './loopCurve';
import { measuredSize, proposalOf, truthOf } from './proposalScores';
import { experimentOn } from './roundRows';
import { correctingClicks, labelRegions, regionsAt } from './regionClasses';
import { trainInto, type TrainingLimits } from './rowResults';
import type { Trial, TrialOptions } from './trials';
import { knownPhoto } from './truths';
import { folderClasses, writeApproved } from './writtenFolder';

export interface LoopOptions extends Pick<TrialOptions, 'seed'>, TrainingLimits {
  readonly granularity: number;
  readonly order: Order;
  readonly rounds: number;
  /** How many proposals are corrected in a round. */
  readonly corrections: number;
  readonly row: Row;
}

/** What a loop has come to, as its file keeps it; images by their names. */
const stateSchema = z.object({
  clicks: z.number(),
  corrected: z.array(z.string()),
  points: z.array(z.object({ corrected: z.number(), clicks: z.number(), mIoU: z.number() })),
});

/** What a round made of the images without an approved mask. */
interface Round {
  readonly mIoU: number;
  /** By the name of its image. */
  readonly proposals: ReadonlyMap<string, LoopProposal>;
}

/** How uncertain the proposal for an image is, and the clicks that correct it. */
interface LoopProposal {
  readonly item: LabelledItem;
  readonly uncertainty: number;
  readonly clicks: number;
}

/**
 * Plays rounds of learning and correcting on a folder of which some images are labelled: a network learns from all
 * approved masks and proposes the others, of which the person corrects some. After each round the whole folder is
 * measured, approved masks and proposals. Goes on where it was stopped.
 * @returns a point a round that is finished
 */
export async function playLoop(
  { folder, size, runs, labelled, others, clicks: first }: Trial,
  classes: ClassList,
  options: LoopOptions,
): Promise<LoopPoint[]> {
  const { order, rounds, corrections, granularity, seed } = options;
  const file = path.join(runs, '..', `loop-${order.replace(' ', '-')}.json`);
  const kept = await readRegularFile(file, 1e6).catch(() => undefined);
  const state = kept ? stateSchema.parse(parseJson(kept)) : { clicks: first, corrected: [], points: [] };
  const wasCorrected = (item: LabelledItem) => state.corrected.includes(nameOf(item.image));
  const approve = async (item: LabelledItem) =>
    writeApproved(folder, await knownPhoto(item, classes), folderClasses(classes), { granularity });
  for (const item of others.filter(wasCorrected)) await approve(item);
  const runOf = (round: number) =>
    path.join(runs, round === 1 ? 'round-1' : `${order.replace(' ', '-')}-round-${round}`);
  while (state.points.length < rounds) {
    const round = state.points.length + 1;
    const open = others.filter(item => !wasCorrected(item));
    const approved = [...labelled, ...others.filter(wasCorrected)];
    const run = runOf(round);
    const { row, threads, deadline } = options;
    const pretrained = round === 1 ? undefined : await checkpointOf(runOf(round - 1));
    const source = { folder, size, approved: approved.length, pretrained };
    const experiment = experimentOn(source, classes, { name: order, row, seed });
    const trained = await trainInto(run, experiment, { threads, deadline });
    if (!trained) break;
    const { mIoU, proposals } = await measureRound(run, { approved, open }, classes, options);
    state.points.push({ corrected: approved.length, clicks: state.clicks, mIoU });
    console.error(`${order}, round ${round}: ${approved.length} approved, ${state.clicks} clicks, ${mIoU.toFixed(3)}`);
    const images = [...labelled, ...others].map(({ image }) => {
      const name = nameOf(image);
      return { path: name, uncertainty: proposals.get(name)?.uncertainty };
    });
    for (const name of chooseNext(images, corrections, order, seededRandom(1000 * seed + round))) {
      const { item, clicks } = proposals.get(name)!;
      state.clicks += clicks;
      state.corrected.push(name);
      await approve(item);
    }
    await writeFile(file, JSON.stringify(state));
  }
  return state.points;
}

/** The checkpoint of a finished round. */
async function checkpointOf(run: string): Promise<string> {
  const experiment = await readRunExperiment(run);
  const checkpoint = experiment && (await checkpointFileInUse(run, experiment));
  if (checkpoint === undefined) throw new Error(`${run}: the round has no checkpoint`);
  return checkpoint;
}

async function measureRound(
  run: string,
  { approved, open }: { readonly approved: readonly LabelledItem[]; readonly open: readonly LabelledItem[] },
  classes: ClassList,
  { granularity, threads }: LoopOptions,
): Promise<Round> {
  const confusion = emptyConfusion(classes.definitions.length);
  for (const item of approved) {
    const { image, cuttable, truth } = await knownPhoto(item, classes);
    const labels = labelRegions(regionsAt(cuttable, granularity), truth);
    const shown = nearestLabels({ ...image.picture, classes: labels.classes }, measuredSize);
    countPixels(confusion, await truthOf(item, classes), shown);
  }
  const proposals = new Map<string, LoopProposal>();
  const model = await openAdaptedModel(run, () => openBackend('cpu', { threads }), defaultSettings.limits.memory);
  for (const item of open) {
    const { image, cuttable, truth } = await knownPhoto(item, classes);
    const proposal = await proposalOf(model, image.picture);
    countPixels(confusion, await truthOf(item, classes), nearestLabels(proposal, measuredSize));
    const clicks = correctingClicks(regionsAt(cuttable, granularity), truth, proposal.classes);
    proposals.set(nameOf(item.image), { item, uncertainty: proposal.uncertainty, clicks });
  }
  await model.dispose();
  return { mIoU: classScores(confusion).mIoU, proposals };
}
