/**
 * A map of regions: one region id for each pixel, row-major, ids `0 … count - 1`. A segmentation uses each of its ids,
 * and its regions are connected. Once a user has painted over it, regions need not be connected and an id may have no
 * pixel left.
 */
export interface RegionMap {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly ids: Uint16Array;
}

/** The maximum number of regions of a map, and of labels of a mask: label values are 16-bit, and 0 is background. */
export const maxRegions = 65535;

/** Checks a map of unknown origin. @throws Error with the first fault */
export function checkRegions(regions: RegionMap): void {
  const { width, height, count, ids } = regions;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new Error(`A region map of ${width}×${height} pixels is not possible.`);
  }
  checkRegionCount(count);
  if (ids.length !== width * height)
    throw new Error(`The region map has ${ids.length} pixels where ${width}×${height} needs ${width * height}.`);
  for (let p = 0; p < ids.length; p++) {
    if (ids[p] >= count) throw new Error(`The region map names region ${ids[p]}, but has ${count} regions.`);
  }
}

/** Checks that a map of `count` regions can be stored. @throws Error when it cannot */
export function checkRegionCount(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw new Error(`A region map of ${count} regions is not possible.`);
  if (count > maxRegions)
    throw new Error(`${count} regions are more than the ${maxRegions} that a mask can hold. Use fewer superpixels.`);
}

/** By region: the number of its pixels. */
export function areasOf(regions: RegionMap): Uint32Array {
  const areas = new Uint32Array(regions.count);
  const { ids } = regions;
  for (let p = 0; p < ids.length; p++) areas[ids[p]]++;
  return areas;
}

/** The regions that have pixels, ordered by their first pixel in reading order. */
export function scanOrder(regions: RegionMap): Uint32Array {
  const { ids, count } = regions;
  const seen = new Uint8Array(count);
  const order = new Uint32Array(count);
  let found = 0;
  for (let p = 0; p < ids.length && found < count; p++) {
    if (seen[ids[p]]) continue;
    seen[ids[p]] = 1;
    order[found++] = ids[p];
  }
  return order.subarray(0, found);
}
