import type { SessionImage } from './imageList';

/**
 * A session's images as a series: in the order of their paths, whatever its list shows and in which order. Skipped
 * images are passed over.
 */

/** The image before one. @param images sorted by `sortByPath` */
export function imageBefore<T extends SessionImage>(images: readonly T[], path: string): T | undefined {
  const index = images.findIndex(image => image.path === path);
  return images.slice(0, Math.max(index, 0)).findLast(isOfSeries);
}

/** The images behind one, `count` at most. @param images sorted by `sortByPath` */
export function imagesBehind<T extends SessionImage>(images: readonly T[], path: string, count: number): T[] {
  const index = images.findIndex(image => image.path === path);
  return index < 0
    ? []
    : images
        .slice(index + 1)
        .filter(isOfSeries)
        .slice(0, count);
}

function isOfSeries({ status }: SessionImage): boolean {
  return status !== 'skipped';
}
