/** A closed boundary of a label's pixels. */
export interface Contour {
  readonly label: number;
  /** The corners, x and y alternating, at corners of pixels; the last one joins the first. */
  readonly points: readonly number[];
  /** The number of pixels that it encloses; negative for the edge of a hole. */
  readonly area: number;
}

/** The step in each direction: east, south, west, north. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
/** By direction: from a corner, the pixel ahead on the right, and the pixel ahead on the left. */
const right = [
  [0, 0],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;
const left = [
  [0, -1],
  [0, 0],
  [-1, 0],
  [-1, -1],
] as const;

/**
 * The boundaries of the connected parts of every label, 0 included, in reading order of their first pixels. Pixels are
 * connected by their sides; pixels that meet at a corner alone are not. A boundary touches itself at most at corners,
 * so filling it by the even-odd rule gives exactly the pixels of its part and of the part's holes.
 * @param labels one label value for each pixel, row-major
 * @param only the only label that counts; undefined: all do
 */
export function contoursOf(labels: Uint16Array, width: number, height: number, only?: number): Contour[] {
  const contours: Contour[] = [];
  /** By pixel: 1 where the boundary along its upper side has been followed. Every boundary has such a piece. */
  const followed = new Uint8Array(labels.length);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
      if (only !== undefined && labels[p] !== only) continue;
      if (followed[p] === 0 && (y === 0 || labels[p - width] !== labels[p]))
        contours.push(follow(labels, width, height, x, y, followed));
    }
  }
  return contours;
}

/** Follows a boundary clockwise around what is to its right, from the upper left corner of a pixel eastward. */
function follow(
  labels: Uint16Array,
  width: number,
  height: number,
  startX: number,
  startY: number,
  followed: Uint8Array,
): Contour {
  const label = labels[startY * width + startX];
  const inside = (px: number, py: number) =>
    px >= 0 && py >= 0 && px < width && py < height && labels[py * width + px] === label;
  const points = [startX, startY];
  let [x, y, direction, twice] = [startX, startY, 0, 0];
  for (;;) {
    if (direction === 0) followed[y * width + x] = 1;
    const [dx, dy] = steps[direction];
    twice += x * dy - y * dx;
    [x, y] = [x + dx, y + dy];
    // Where parts meet at a corner alone, this turns right too: it stays with the pixel that it came along.
    if (!inside(x + right[direction][0], y + right[direction][1])) direction = (direction + 1) % 4;
    else if (inside(x + left[direction][0], y + left[direction][1])) direction = (direction + 3) % 4;
    else continue;
    if (x === startX && y === startY && direction === 0) return { label, points, area: twice / 2 };
    points.push(x, y);
  }
}
