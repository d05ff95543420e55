import type { RegionMap } from '../../../mask/regions/regionMap';
import type { Rectangle, Size, View } from '../geometry/viewTransform';

/**
 * The region at each pixel of a rectangle of the screen, which lies within the picture.
 * @param view where the picture lies on the screen
 */
export function regionsOnScreen(area: Rectangle, picture: Size, regions: RegionMap, view: View): Uint16Array {
  const columns = pixelsAlong(area.x, area.width, view.x, picture.width * view.scale, regions.width);
  const rows = pixelsAlong(area.y, area.height, view.y, picture.height * view.scale, regions.height);
  const ids = new Uint16Array(area.width * area.height);
  for (let y = 0, at = 0; y < area.height; y++) {
    const row = rows[y] * regions.width;
    for (let x = 0; x < area.width; x++, at++) ids[at] = regions.ids[row + columns[x]];
  }
  return ids;
}

/**
 * The pixel of a map's row or column under the middle of each of `length` pixels of the screen from `first` on.
 * @param corner where the picture begins on the screen
 * @param extent the picture's size on the screen
 * @param size the map's size in its own pixels
 */
export function pixelsAlong(first: number, length: number, corner: number, extent: number, size: number): Int32Array {
  return Int32Array.from({ length }, (_, i) =>
    Math.min(size - 1, Math.max(0, Math.floor(((first + i + 0.5 - Math.round(corner)) / extent) * size))),
  );
}
