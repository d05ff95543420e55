import type { RegionMap } from '../../../mask/regions/regionMap';

/** From a region of one map to the region of another map that lies where the middle one of its pixels lay. */
export function regionCarrier(from: RegionMap, to: RegionMap): (region: number) => number | null {
  return region => {
    const pixels: number[] = [];
    for (let pixel = 0; pixel < from.ids.length; pixel++) if (from.ids[pixel] === region) pixels.push(pixel);
    if (pixels.length === 0) return null;
    const pixel = pixels[pixels.length >> 1];
    const x = Math.floor((((pixel % from.width) + 0.5) * to.width) / from.width);
    const y = Math.floor(((Math.floor(pixel / from.width) + 0.5) * to.height) / from.height);
    return to.ids[y * to.width + x];
  };
}
