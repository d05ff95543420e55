import { defaultSettings } from '../../protocol/settings';
import { openAdaptedModel, type AdaptedModel } from '../../server/src/engine/adaptation/prediction/adaptedModel';
import { classesByRegion, predictedRegions } from '../../server/src/engine/adaptation/prediction/predictedRegions';
import type { PicturePrediction } from '../../server/src/engine/adaptation/prediction/predictPicture';
import { upsampleClasses } from '../../server/src/engine/adaptation/prediction/sampling';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import { loadItem, nearestLabels } from '../../server/src/engine/dataset/streaming/itemLoading';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { loadImage, type TargetSize } from '../../server/src/engine/image/loadImage';
import type { Picture } from '../../server/src/engine/image/picture';
import { classScores, countPixels, emptyConfusion } from '../../server/src/engine/metrics/confusion';
import { forms, type Form, type RowResult } from './labellingTable';

/** The size at which classes are compared. */
export const measuredSize: TargetSize = [240, 180];

/** The index of each pixel's class, at the size at which classes are compared. */
export async function truthOf(item: LabelledItem, classes: ClassList): Promise<Uint8Array> {
  return (await loadItem(item, classes, { size: measuredSize, fit: 'exact' })).labels!;
}

/** Scores a finished run on photos with truths, in each form. */
export async function scoreRun(
  run: string,
  items: readonly LabelledItem[],
  classes: ClassList,
  threads: number,
): Promise<RowResult['scores']> {
  const model = await openAdaptedModel(run, () => openBackend('cpu', { threads }), defaultSettings.limits.memory);
  const sums = forms.map(form => ({ form, confusion: emptyConfusion(classes.definitions.length) }));
  for (const item of items) {
    const { picture } = await loadImage(item.image, dataLimits);
    const truth = await truthOf(item, classes);
    const predicted = await predictInAllForms(model, picture);
    for (const { form, confusion } of sums) countPixels(confusion, truth, predicted[form]);
  }
  await model.dispose();
  return Object.fromEntries(sums.map(({ form, confusion }) => [form, classScores(confusion)]));
}

/** Predicts a photo in each form, at the size at which classes are compared. */
async function predictInAllForms(model: AdaptedModel, picture: Picture): Promise<Record<Form, Uint8Array>> {
  const one = await model.predict(picture, { changes: { scales: [1], mirror: false } });
  const several = await model.predict(picture);
  return {
    'one prediction': upsampleClasses(one.probabilities, ...measuredSize).labels,
    'sizes and mirrors': upsampleClasses(several.probabilities, ...measuredSize).labels,
    proposals: nearestLabels(await proposalFrom(several, picture), measuredSize),
  };
}

/** The mask that a network proposes, and how uncertain it is of it. */
interface Proposal {
  readonly width: number;
  readonly height: number;
  /** By pixel of the photo: the index of its class. */
  readonly classes: Uint8Array;
  /** As the sidecar of a proposal has it. */
  readonly uncertainty: number;
}

/** Proposes the mask of a photo. */
export async function proposalOf(model: AdaptedModel, picture: Picture): Promise<Proposal> {
  return proposalFrom(await model.predict(picture), picture);
}

/** Makes the mask of a prediction as `AdaptedModel.segment` does. */
async function proposalFrom({ probabilities }: PicturePrediction, picture: Picture): Promise<Proposal> {
  const { width, height } = picture;
  const { regions, regionClasses, uncertainty } = await predictedRegions(probabilities, picture, true);
  return { width, height, classes: classesByRegion(regions, regionClasses), uncertainty };
}
