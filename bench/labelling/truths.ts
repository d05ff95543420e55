import { defaultSettings } from '../../protocol/settings';
import { cachedHierarchy } from '../clicks/cachedHierarchy';
import type { Cuttable } from '../quality/comparedMethods';
import type { ClassList } from '../../server/src/engine/dataset/layouts/classList';
import { dataLimits } from '../../server/src/engine/dataset/layouts/dataLimits';
import { layouts } from '../../server/src/engine/dataset/layouts';
import type { LabelledItem } from '../../server/src/engine/dataset/streaming/labelledItems';
import { loadImage, type LoadedImage } from '../../server/src/engine/image/loadImage';

/** A photo with its regions, and the class of each pixel as data tells it. */
export interface KnownPhoto {
  readonly image: LoadedImage;
  readonly cuttable: Cuttable;
  /** By pixel: the index of its class, or `ignoreLabel`. */
  readonly truth: Uint8Array;
}

/** Reads a photo and its truth, with the regions of Method 1's first mask, which another run may have kept. */
export async function knownPhoto(item: LabelledItem, classes: ClassList): Promise<KnownPhoto> {
  const image = await loadImage(item.image, defaultSettings.limits);
  const truth = await layouts[item.layout].decode(item, classes, dataLimits);
  return { image, cuttable: await cachedHierarchy(image.picture, false, 'colour'), truth: truth.classes };
}
