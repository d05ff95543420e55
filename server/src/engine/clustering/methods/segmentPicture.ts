import type { ClusteringMethodName, Settings } from '../../../../../protocol/settings';
import type { Backend } from '../../backend/session';
import type { Picture } from '../../image/picture';
import type { StopSignals, MethodRun } from '../../common/methodRun';
import { clusteringMethod } from './fastMethod';
import { continuityMethod, superpixelMethod } from './publishedMethods';
import type { Method } from '../trainingSteps';
import { scribbleMethod } from './scribbleMethod';
import { toFullSize, workingPicture } from '../../superpixels/fullSize';
import type { Scribbles } from '../../image/scribbleImage';

const methods: Record<ClusteringMethodName, Method> = {
  clustering: clusteringMethod,
  superpixel: superpixelMethod,
  continuity: continuityMethod,
};

/** Whether all pixels are equal: a network would then answer with the traces of its own padding. */
function isOneColour({ rgb }: Picture): boolean {
  for (let i = 3; i < rgb.length; i++) if (rgb[i] !== rgb[i - 3]) return false;
  return true;
}

/**
 * Segments a picture by training on it alone, by the method named or by a user's scribbles, in its pixels. The back end
 * is opened only when training begins, after the first progress, which comes from colour alone. See `MethodRun`
 * for stopping and cancelling.
 */
export async function* segmentPicture(
  picture: Picture,
  method: ClusteringMethodName | Scribbles,
  settings: Settings,
  openBackend: () => Promise<Backend>,
  signals: StopSignals,
): MethodRun {
  signals.cancel.throwIfAborted();
  if (isOneColour(picture)) {
    const { width, height } = picture;
    const regions = { width, height, count: 1, ids: new Uint16Array(width * height) };
    const hierarchy = { count: 1, left: new Uint32Array(), right: new Uint32Array(), levels: new Float32Array() };
    return { regions, hierarchy, iterations: 0, stopped: false };
  }
  const work = workingPicture(picture);
  const run = typeof method === 'string' ? methods[method] : scribbleMethod(method, picture);
  const result = yield* run(work, settings, openBackend, signals);
  return { ...result, regions: await toFullSize(result.regions, work, picture, signals.cancel) };
}
