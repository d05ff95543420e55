import { defaultSettings } from '../../protocol/settings';
import type { Progress, Segmentation } from '../../server/src/engine/segmentation';
import { segmentPicture } from '../../server/src/engine/clustering/segment';
import { openBackend } from '../../server/src/engine/backend/open';
import type { Segmenter } from './photo';

/** The first progress: the hierarchy from colour alone. */
const colour: Segmenter = async ({ picture }) => {
  const run = segmentPicture(picture, defaultSettings, () => openBackend('cpu', { threads: 1 }), signals());
  const first = await run.next();
  if (first.done) throw new Error('The run ended without progress');
  return first.value;
};

const clustering: Segmenter = async ({ picture }) => {
  const run = segmentPicture(picture, defaultSettings, () => openBackend('cpu', { threads: 1 }), signals());
  let next: IteratorResult<Progress, Segmentation>;
  do next = await run.next(); while (!next.done);
  return next.value;
};

function signals() {
  const never = new AbortController().signal;
  return { stop: never, cancel: never };
}

/** What is compared. */
export const variants: Record<string, Segmenter> = { colour, clustering };
