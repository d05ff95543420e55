import type { RegionMap } from './regions';

/**
 * The map scaled up to `width × height` pixels by nearest neighbour (pixel centres), every region kept.
 * @throws RangeError when the size is below the map's own in a direction: regions could get lost.
 */
export function upscale(regions: RegionMap, width: number, height: number): RegionMap {
  if (width < regions.width || height < regions.height) {
    throw new RangeError(
      `A region map of ${regions.width}×${regions.height} cannot be scaled down to ${width}×${height}.`,
    );
  }
  if (width === regions.width && height === regions.height) return regions;
  const ids = new Uint16Array(width * height);
  const columns = sources(regions.width, width);
  const rows = sources(regions.height, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    if (y > 0 && rows[y] === rows[y - 1]) {
      ids.copyWithin(row, row - width, row);
      continue;
    }
    const source = rows[y] * regions.width;
    for (let x = 0; x < width; x++) ids[row + x] = regions.ids[source + columns[x]];
  }
  return { width, height, count: regions.count, ids };
}

/** The source pixel under the centre of each of `target` pixels. */
function sources(source: number, target: number): Uint32Array {
  return Uint32Array.from({ length: target }, (_, i) => Math.floor(((i + 0.5) * source) / target));
}
