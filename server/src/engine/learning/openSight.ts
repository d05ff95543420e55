import path from 'node:path';
import { reasonOf } from '../../../../mask/errors';
import type { Settings } from '../../../../protocol/settings';
import { hasBundledWeights } from '../adaptation/networks/bundledWeights';
import type { PretrainedFeatures } from '../adaptation/networks/pretrainedFeatures';
import { regionMeans } from '../adaptation/prediction/regionMeans';
import { classesOfImage } from '../common/classesOfImage';
import { resolveClasses } from '../dataset/layouts/classList';
import { indexOfBackground, indexOfClass } from '../dataset/layouts/labelledClasses';
import type { Picture } from '../image/picture';
import { predictionChanges, type SegmentServices } from '../segment/segmentFile';
import type { RoundSeen, SeriesSight } from '../series/seriesSight';
import { workingPicture } from '../superpixels/fullSize';
import { lastTrainedRound, type TrainedRound } from './learningRounds';

/** What it takes to look at pictures by networks. */
export interface SightContext {
  readonly settings: Settings;
  readonly services: SegmentServices;
  readonly openEncoder: () => Promise<PretrainedFeatures>;
  readonly cancel: AbortSignal;
  /** Called with what happened when a network that is there cannot be used. */
  readonly warn: (message: string) => void;
}

/**
 * Looks at pictures of a series by the pretrained encoder, and by the network of the last round of their folder. One
 * that cannot be used is left out, as labels go on without it too; all throw an AbortError once cancelled.
 */
export function openSight(context: SightContext): SeriesSight {
  const { cancel, warn } = context;
  const orNothing = async <Seen>(what: string, look: () => Promise<Seen>): Promise<Seen | undefined> => {
    try {
      return await look();
    } catch (error) {
      cancel.throwIfAborted();
      warn(`${what}: ${reasonOf(error)}`);
      return undefined;
    }
  };
  return {
    features: async picture =>
      hasBundledWeights()
        ? orNothing('Labels are carried without the pretrained encoder', async () => {
            const encoder = await context.openEncoder();
            return encoder.of(workingPicture(picture));
          })
        : undefined,
    classes: async (file, picture) => {
      const folder = path.dirname(file);
      const found = await lastTrainedRound(folder);
      if (!found) return undefined;
      const what = `${path.basename(file)}: labels are carried without the network of round ${found.round.number}`;
      return orNothing(what, () => seeByRound(found, file, picture, context));
    },
  };
}

/** What the network of a round sees in a picture. @throws Error that says why it cannot be used */
async function seeByRound(
  { round, experiment }: TrainedRound,
  file: string,
  picture: Picture,
  { settings: { adaptation, limits }, services: { models, openBackend }, cancel }: SightContext,
): Promise<RoundSeen> {
  const model = await models.open(round.run, openBackend, limits.memory);
  cancel.throwIfAborted();
  const { probabilities } = await model.predict(picture, { changes: predictionChanges(adaptation), cancel });
  const classes = resolveClasses(experiment.classes);
  const ofFolder = await classesOfImage(file);
  const list = ofFolder && 'list' in ofFolder ? ofFolder.list : undefined;
  return {
    round: round.number,
    count: model.classes.length,
    indexOf: label => {
      if (label === 'background') return indexOfBackground(classes, list);
      return label.class === undefined ? undefined : indexOfClass(classes, label.class, label.name ?? '');
    },
    over: regions => regionMeans(probabilities, regions),
  };
}
