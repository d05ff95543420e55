import { defaultSettings, type ClusteringMethodName, type Settings } from '../../protocol/settings';
import type { MethodProgress, MethodResult } from '../../server/src/engine/common/methodRun';
import { segmentPicture } from '../../server/src/engine/clustering/methods/segmentPicture';
import { openBackend } from '../../server/src/engine/backend/openBackend';
import type { Backend } from '../../server/src/engine/backend/session';
import type { Cuttable } from './method';
import type { Photo } from './photos';

let backend: Promise<Backend> | undefined;

function start({ picture }: Photo, settings: Settings, method: ClusteringMethodName = 'clustering') {
  const never = new AbortController().signal;
  const open = () => (backend ??= openBackend('cpu', { threads: settings.limits.threads }));
  return segmentPicture(picture, method, settings, open, { stop: never, cancel: never });
}

/** The first progress: the hierarchy from colour alone. */
async function firstMask(photo: Photo, settings: Settings): Promise<Cuttable> {
  const first = await start(photo, settings).next();
  if (first.done) throw new Error('The run ended without progress');
  return first.value;
}

async function whole(photo: Photo, settings: Settings, method?: ClusteringMethodName): Promise<MethodResult> {
  const run = start(photo, settings, method);
  let next: IteratorResult<MethodProgress, MethodResult>;
  do next = await run.next();
  while (!next.done);
  return next.value;
}

/** A published method, with fewer iterations than published where the settings say so. */
function published(method: 'superpixel' | 'continuity') {
  return async (photo: Photo, settings: Settings): Promise<Cuttable> => {
    const began = performance.now();
    const result = await whole(photo, settings, method);
    const share = settings[method].iterations / defaultSettings[method].iterations;
    const isCut = share < 1 && result.iterations === settings[method].iterations;
    return { ...result, extrapolated: isCut ? (performance.now() - began) / 1000 / share : undefined };
  };
}

/** What is compared. */
export const variants: Readonly<Record<string, (photo: Photo, settings: Settings) => Promise<Cuttable>>> = {
  clustering: (photo, settings) => whole(photo, settings),
  colour: firstMask,
  superpixel: published('superpixel'),
  continuity: published('continuity'),
};
