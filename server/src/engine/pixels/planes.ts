/** An image of real numbers: `channels` planes of `width × height`, one after the other, each row-major. */
export interface Planes {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Planes of zeros. */
export function emptyPlanes(width: number, height: number, channels: number): Planes {
  return { width, height, channels, data: new Float32Array(width * height * channels) };
}

/** One channel of `planes`, sharing its memory. */
export function plane(planes: Planes, channel: number): Float32Array {
  const size = planes.width * planes.height;
  return planes.data.subarray(channel * size, (channel + 1) * size);
}

/** Joins the channels of several images of one size into one image. */
export function stackChannels(images: readonly Planes[]): Planes {
  const { width, height } = images[0];
  const stacked = emptyPlanes(
    width,
    height,
    images.reduce((sum, image) => sum + image.channels, 0),
  );
  let offset = 0;
  for (const image of images) {
    stacked.data.set(image.data, offset);
    offset += image.data.length;
  }
  return stacked;
}

/** Scales each channel to mean 0 and variance 1 over the image; a constant channel becomes 0. */
export function standardise(planes: Planes): Planes {
  const out = emptyPlanes(planes.width, planes.height, planes.channels);
  for (let c = 0; c < planes.channels; c++) {
    const source = plane(planes, c);
    const target = plane(out, c);
    let sum = 0;
    for (const value of source) sum += value;
    const mean = sum / source.length;
    let squares = 0;
    for (const value of source) squares += (value - mean) ** 2;
    const deviation = Math.sqrt(squares / source.length);
    const scale = deviation > 1e-6 ? 1 / deviation : 0;
    for (let i = 0; i < source.length; i++) target[i] = (source[i] - mean) * scale;
  }
  return out;
}
