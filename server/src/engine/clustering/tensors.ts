import type { TensorValue } from '../backend/session';
import type { Planes } from './planes';

/** Planes as a batch of one: [1, channels, height, width]. */
export function toTensor({ width, height, channels, data }: Planes): TensorValue {
  return { shape: [1, channels, height, width], data };
}

/** A batch of one [1, channels, height, width], float32, as planes. */
export function toPlanes({ shape, data }: TensorValue): Planes {
  if (!(data instanceof Float32Array)) throw new TypeError('Responses are float32');
  const [, channels, height, width] = shape;
  return { width, height, channels, data };
}
