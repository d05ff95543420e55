/**
 * A map of regions: one region id a pixel, row-major, ids `0 … count - 1`, each id used by at least one pixel.
 * Regions of a segmentation are connected; regions that a user paints need not be.
 */
export interface RegionMap {
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly ids: Uint16Array;
}
