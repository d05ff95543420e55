import type { RegionMap } from '../../../mask/regions';
import type { Size } from '../geometry/viewTransform';

/** The size with the same shape whose longer side is at most `maximum`. */
export function sizeWithin(size: Size, maximum: number): Size {
  const factor = Math.min(1, maximum / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * factor)), height: Math.max(1, Math.round(size.height * factor)) };
}

/** The map itself where it fits into a texture, else every so-manieth pixel of it. */
export function shrinkRegions(map: RegionMap, maximum: number): RegionMap {
  const { width, height } = sizeWithin(map, maximum);
  if (width === map.width && height === map.height) return map;
  const ids = new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    for (let x = 0; x < width; x++) ids[y * width + x] = map.ids[row + Math.floor(((x + 0.5) * map.width) / width)];
  }
  return { width, height, count: map.count, ids };
}
