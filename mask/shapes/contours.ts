/** A boundary of a label's pixels. */
export interface Contour {
  readonly label: number;
  /** x and y of its corners by turns, on the corners of pixels; closes by itself. */
  readonly points: readonly number[];
  /** Pixels that it encloses; negative where it is the edge of a hole. */
  readonly area: number;
}

/** The way ahead for each direction: east, south, west, north. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const;
/** From a corner, the pixel to the right ahead for each direction, and the one to the left ahead. */
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
 * The boundaries of the connected parts of every label, 0 too, in reading order of their first pixels. Pixels are
 * connected by their sides; what meets them at a corner alone is outside. A boundary touches itself at most at corners,
 * so that filling it by the even-odd rule gives exactly its part's pixels, and those of the part's holes.
 * @param labels one value a pixel, row-major
 */
export function contoursOf(labels: Uint16Array, width: number, height: number): Contour[] {
  const contours: Contour[] = [];
  /** By pixel, 1 where the boundary along its upper side has been followed: every boundary has such a piece. */
  const followed = new Uint8Array(labels.length);
  for (let y = 0, p = 0; y < height; y++) {
    for (let x = 0; x < width; x++, p++) {
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
