import { emptyPlanes, plane, type Planes } from '../../pixels/planes';

/**
 * Mean and deviation of each channel over several pictures, by which other pictures are brought to their scale.
 */
export interface ChannelScaling {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/** The mean and deviation of each channel over all pixels of the pictures. */
export function channelScaling(pictures: readonly Planes[]): ChannelScaling {
  const { channels } = pictures[0];
  const means = new Float64Array(channels);
  const deviations = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    let count = 0,
      sum = 0,
      squares = 0;
    for (const picture of pictures) {
      for (const value of plane(picture, c)) {
        count++;
        sum += value;
        squares += value * value;
      }
    }
    means[c] = sum / count;
    deviations[c] = Math.sqrt(Math.max(squares / count - means[c] ** 2, 0));
  }
  return { means, deviations };
}

/** Subtracts each channel's mean and divides by its deviation, except where that is zero. */
export function applyScaling(picture: Planes, { means, deviations }: ChannelScaling): Planes {
  const out = emptyPlanes(picture.width, picture.height, picture.channels);
  for (let c = 0; c < picture.channels; c++) {
    const target = plane(out, c);
    const gain = deviations[c] > 1e-6 ? 1 / deviations[c] : 1;
    plane(picture, c).forEach((value, p) => {
      target[p] = (value - means[c]) * gain;
    });
  }
  return out;
}

/** Adds a margin on all sides that repeats the edges. */
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

/** Cuts a margin off all sides. */
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
