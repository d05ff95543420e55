import { defaultSettings } from '../../protocol/settings';
import { openAdaptedModel, type AdaptedModel } from '../../server/src/engine/adaptation/prediction/adaptedModel';
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
    for (const { form, confusion } of sums) countPixels(confusion, truth, await predict[form](model, picture));
  }
  await model.dispose();
  return Object.fromEntries(sums.map(({ form, confusion }) => [form, classScores(confusion)]));
}

const predict: Readonly<Record<Form, (model: AdaptedModel, picture: Picture) => Promise<Uint8Array>>> = {
  'one prediction': async (model, picture) => {
    const { probabilities } = await model.predict(picture, { changes: { scales: [1], mirror: false } });
    return upsampleClasses(probabilities, ...measuredSize).labels;
  },
  'sizes and mirrors': async (model, picture) => {
    const { probabilities } = await model.predict(picture);
    return upsampleClasses(probabilities, ...measuredSize).labels;
  },
  proposals: (model, picture) => proposedClasses(model, picture),
};

/** The classes of the mask that a network's proposal is. */
async function proposedClasses(model: AdaptedModel, picture: Picture): Promise<Uint8Array> {
  const { regions, regionClasses } = await model.segment(picture);
  const classes = Uint8Array.from(regions.ids, id => regionClasses[id]!);
  return nearestLabels({ ...picture, classes }, measuredSize);
}
