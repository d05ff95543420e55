import type { LayoutName } from '../../experiment/experimentSchema';
import type { Picture } from '../../image/picture';
import type { DatasetItem } from './augmentation';
import { ImageError } from '../../image/imageError';
import { loadImage, type TargetSize } from '../../image/loadImage';
import type { ClassList } from '../layouts/classList';
import type { DecodedLabels, LabelledImage } from '../layouts/layout';
import { layouts } from '../layouts';
import { dataLimits } from '../layouts/dataLimits';

/**
 * The files of an image to train on or to predict, and its labels' layout where it has labels. They can be sent to a
 * worker thread.
 */
export interface DatasetItemFiles extends Partial<LabelledImage> {
  readonly image: string;
  readonly layout?: LayoutName;
}

/**
 * Reads an image and its labels, both scaled to a size: the image by its pixels' mean, the labels by the nearest. Their
 * memory is shared, so that threads can pass it on.
 * @throws ImageError that names the file
 */
export async function loadItem(
  { image, label, layout }: DatasetItemFiles,
  classes: ClassList,
  size: TargetSize,
): Promise<DatasetItem> {
  const { header: info, picture } = await loadImage(image, dataLimits, size);
  const shared: Picture = { ...picture, rgb: toShared(picture.rgb) };
  if (!label || !layout) return { picture: shared };
  const map = await layouts[layout].decode({ image, label }, classes, dataLimits);
  checkLabelSize(label.file, map, info);
  return { picture: shared, labels: nearest(map, size), ...(map.faults && { faults: map.faults }) };
}

/**
 * Checks that labels have the size of their image.
 * @throws ImageError for labels that are of another size than their image
 */
export function checkLabelSize(
  labels: string,
  { width, height }: Pick<DecodedLabels, 'width' | 'height'>,
  image: { width: number; height: number },
): void {
  if (width === image.width && height === image.height) return;
  throw new ImageError(
    labels,
    `its labels are ${width}×${height} pixels, the image has ${image.width}×${image.height}`,
  );
}

function toShared(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function nearest({ width, height, classes }: DecodedLabels, [toWidth, toHeight]: TargetSize): Uint8Array {
  const result = new Uint8Array(new SharedArrayBuffer(toWidth * toHeight));
  const at = (to: number, size: number, full: number) => Math.floor(((to + 0.5) * full) / size);
  const columns = Array.from({ length: toWidth }, (_, x) => at(x, toWidth, width));
  for (let y = 0, p = 0; y < toHeight; y++) {
    const row = at(y, toHeight, height) * width;
    for (const column of columns) result[p++] = classes[row + column]!;
  }
  return result;
}
