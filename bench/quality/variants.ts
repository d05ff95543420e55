import { colourHierarchy } from '../../server/src/engine/clustering/colour';
import { toLab } from '../../server/src/engine/clustering/lab';
import { slic } from '../../server/src/engine/clustering/slic';
import { defaultSettings } from '../../protocol/settings';
import type { Segmenter } from './photo';

/** What is compared. */
export const variants: Record<string, Segmenter> = {
  colour: photo => {
    const lab = toLab(photo.picture);
    const regions = slic(lab, { count: defaultSettings.clustering.superpixels, compactness: 10, iterations: 5 });
    return Promise.resolve({ regions, hierarchy: colourHierarchy(regions, lab) });
  },
};
