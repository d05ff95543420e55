import { colourHierarchy } from '../colour';
import { toLab } from '../lab';
import { slic } from '../slic';
import type { Method } from './method';

/** The fast default. */
export const clustering: Method = async function* (picture, settings, openBackend, signals) {
  const lab = toLab(picture);
  const regions = slic(lab, { count: settings.clustering.superpixels, compactness: 10, iterations: 5 });
  const hierarchy = colourHierarchy(regions, lab);
  yield { regions, hierarchy, iteration: 0, iterations: settings.clustering.iterations, labels: 0, loss: null };
  signals.cancel.throwIfAborted();
  return { regions, hierarchy, iterations: 0, stopped: signals.stop.aborted };
};
