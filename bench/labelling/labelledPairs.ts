import path from 'node:path';
import { resolveClasses, type ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { labelledItems, type LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { pairs } from '../adaptation/pairs';
import { halves } from './chosenImages';

/** Photos with truths: those that settings are chosen on, and those that figures are reported of. */
export interface LabelledPhotos {
  readonly title: string;
  readonly classes: ClassList;
  readonly tuned: readonly LabelledItem[];
  readonly reported: readonly LabelledItem[];
}

export const labelledPairs = {
  camvid: { title: 'CamVid by day', folder: pairs.dusk.source, classes: pairs.dusk.classes },
  rendered2real: { title: 'real streets', folder: pairs.rendered.validation, classes: pairs.rendered.classes },
} as const;

/**
 * Lists the photos of a pair. CamVid's of even places are those that settings are chosen on. Of the other pair, which
 * is small, nothing is chosen, and all photos are reported.
 */
export async function listPhotosOf(pair: keyof typeof labelledPairs, data: string): Promise<LabelledPhotos> {
  const { title, folder, classes: listed } = labelledPairs[pair];
  const classes = resolveClasses(listed);
  const root = path.resolve(data, folder);
  const items = await labelledItems({ layout: 'folders', root }, '', 'source', classes);
  return { title, classes, ...(pair === 'camvid' ? halves(items) : { tuned: [], reported: items }) };
}
