import type { LayoutName } from '../../experiment/experimentSchema';
import type { Picture, Size } from '../../image/picture';
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

/** A size to read pictures at: exactly, or with their own proportions and, where they are large, covering it. */
export interface ReadSize {
  readonly size: TargetSize;
  readonly fit: 'exact' | 'cover';
}

/**
 * Reads an image and its labels, both scaled: the image by its pixels' mean, the labels by the nearest. Their memory is
 * shared, so that threads can pass it on.
 * @throws ImageError that names the file
 */
export async function loadItem(
  { image, label, layout }: DatasetItemFiles,
  classes: ClassList,
  { size, fit }: ReadSize,
): Promise<DatasetItem> {
  const wanted = fit === 'cover' ? (own: Size) => coveringSize(own, size) : size;
  const { header: info, picture } = await loadImage(image, dataLimits, { size: wanted });
  const shared: Picture = { ...picture, rgb: toShared(picture.rgb) };
  if (!label || !layout) return { picture: shared };
  const map = await layouts[layout].decode({ image, label }, classes, dataLimits);
  checkLabelSize(label.file, map, info);
  return {
    picture: shared,
    labels: nearestLabels(map, [picture.width, picture.height]),
    ...(map.faults && { faults: map.faults }),
  };
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

/** What a side of a covering size may be at most, in sides of the size: longer pictures are made shorter. */
const longest = 4;

/**
 * Computes the smallest size with a picture's proportions whose sides are no smaller than those of a size. A picture
 * that is smaller stays as it is: enlarged first and sampled then it would be softer than the photos to predict.
 */
export function coveringSize(picture: Size, [width, height]: TargetSize): TargetSize {
  const scale = Math.min(1, Math.max(width / picture.width, height / picture.height));
  const side = (own: number, least: number) => Math.min(longest * least, Math.max(1, Math.round(own * scale)));
  return [side(picture.width, width), side(picture.height, height)];
}

function toShared(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** Samples labels at another size, each pixel as the nearest is; their memory can be shared between threads. */
export function nearestLabels(
  { width, height, classes }: Pick<DecodedLabels, 'width' | 'height' | 'classes'>,
  [toWidth, toHeight]: TargetSize,
): Uint8Array {
  const result = new Uint8Array(new SharedArrayBuffer(toWidth * toHeight));
  const at = (to: number, size: number, full: number) => Math.floor(((to + 0.5) * full) / size);
  const columns = Array.from({ length: toWidth }, (_, x) => at(x, toWidth, width));
  for (let y = 0, p = 0; y < toHeight; y++) {
    const row = at(y, toHeight, height) * width;
    for (const column of columns) result[p++] = classes[row + column]!;
  }
  return result;
}
