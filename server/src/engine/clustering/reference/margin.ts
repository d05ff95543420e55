import { emptyPlanes, plane, type Planes } from '../planes';

/** Planes with a margin on all sides that repeats their edges. */
export function withMargin(planes: Planes, margin: number): Planes {
  const { width, height, channels } = planes;
  const out = emptyPlanes(width + 2 * margin, height + 2 * margin, channels);
  const inside = (position: number, length: number) => Math.min(Math.max(position - margin, 0), length - 1);
  for (let c = 0; c < channels; c++) {
    const [from, to] = [plane(planes, c), plane(out, c)];
    for (let y = 0, p = 0; y < out.height; y++) {
      const row = inside(y, height) * width;
      for (let x = 0; x < out.width; x++, p++) to[p] = from[row + inside(x, width)];
    }
  }
  return out;
}

/** Planes without such a margin. */
export function withoutMargin(planes: Planes, margin: number): Planes {
  const out = emptyPlanes(planes.width - 2 * margin, planes.height - 2 * margin, planes.channels);
  for (let c = 0; c < planes.channels; c++) {
    const [from, to] = [plane(planes, c), plane(out, c)];
    for (let y = 0; y < out.height; y++) {
      const start = (y + margin) * planes.width + margin;
      to.set(from.subarray(start, start + out.width), y * out.width);
    }
  }
  return out;
}
