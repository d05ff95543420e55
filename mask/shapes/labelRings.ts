import type { PixelRuns } from '../regions/pixelRuns';
import { RunList } from '../regions/runSets';
import { contoursOf } from './contours';
import { fillRings } from './fillPolygon';
import type { Ring } from './simplifyRings';

/** The maximum number of points of a label's outline that is edited. */
export const maxOutlinePoints = 20_000;

/**
 * The boundaries of some pixels of a picture: outer rings clockwise, holes the other way, on the corners of pixels. See
 * `contoursOf`.
 */
export function ringsOfRuns(runs: PixelRuns, width: number): number[][] {
  let [left, right] = [width, 0];
  for (let i = 0; i < runs.length; i += 2) {
    const [row, last] = [Math.floor(runs[i] / width), Math.floor((runs[i] + runs[i + 1] - 1) / width)];
    [left, right] =
      row === last
        ? [Math.min(left, runs[i] % width), Math.max(right, ((runs[i] + runs[i + 1] - 1) % width) + 1)]
        : [0, width];
  }
  if (runs.length === 0) return [];
  const top = Math.floor(runs[0] / width);
  const bottom = Math.floor((runs[runs.length - 2] + runs[runs.length - 1] - 1) / width) + 1;
  const columns = right - left;
  const pixels = new Uint16Array(columns * (bottom - top));
  for (let i = 0; i < runs.length; i += 2) {
    for (let from = runs[i]; from < runs[i] + runs[i + 1];) {
      const row = Math.floor(from / width);
      const to = Math.min(runs[i] + runs[i + 1], (row + 1) * width);
      const start = (row - top) * columns - row * width - left;
      pixels.fill(1, start + from, start + to);
      from = to;
    }
  }
  return contoursOf(pixels, columns, bottom - top, 1).map(({ points }) =>
    points.map((at, i) => at + (i % 2 === 0 ? left : top)),
  );
}

/** The pixels whose middle lies in an odd number of rings. */
export function runsOfRings(rings: readonly Ring[], width: number, height: number): PixelRuns {
  const list = new RunList();
  fillRings(rings, width, height, (from, to) => {
    list.add(from, to);
  });
  return list.runs();
}
