import type { TensorValue } from '../../graph/core/operation';
import { means, spreads } from '../../dataset/streaming/imageNormalisation';
import { imageShape } from '../../graph/core/tensorShape';

/**
 * Gives the last `count` source pictures the amplitudes that the target pictures with the same numbers have at low
 * frequencies, channel by channel (FDA, Yang and Soatto, CVPR 2020, section 3.1). Phases stay, and with them where
 * things are, so that labels hold. As published, values may leave the range of bytes a little.
 * @param target normalised pictures, of the source's shape
 * @param source normalised pictures, float32 [N,3,H,W]
 * @param count 0 … N
 * @param window β: frequencies of up to ⌊βH⌋ and ⌊βW⌋ cycles in a picture are exchanged, 0 … 0.25
 * @returns new pictures, or `source` where nothing changes; `source` itself is not modified
 */
export function exchangeAmplitudes(
  target: TensorValue,
  source: TensorValue,
  count: number,
  window: number,
): TensorValue {
  if (count === 0) return source;
  const [pictures, channels, height, width] = imageShape(source.shape);
  const most = Math.floor(window * height);
  const down = Array.from({ length: 2 * most + 1 }, (_, index) => wave(index - most, height));
  const across = Array.from({ length: Math.floor(window * width) + 1 }, (_, frequency) => wave(frequency, width));
  const data = Float32Array.from(source.data);
  for (let plane = channels * (pictures - count); plane < channels * pictures; plane++) {
    const channel = plane % channels;
    const [from, to] = [plane * height * width, (plane + 1) * height * width];
    const black = -means[channel]! / spreads[channel]!; // a mean has an amplitude only where black is 0
    const [own, wanted] = [source, target].map(({ data: values }) => values.subarray(from, to));
    across.forEach((waveAcross, frequency) => {
      const change = changeOfRows(rowSums(own!, black, waveAcross), rowSums(wanted!, black, waveAcross), down);
      // Negative frequencies across, which are not computed, add as much as positive ones.
      addWave(data.subarray(from, to), change, waveAcross, (frequency === 0 ? 1 : 2) / (height * width));
    });
  }
  return { shape: source.shape, data };
}

/** Complex numbers: the values of a wave by pixel, or coefficients by row. */
interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Samples exp(2πi · frequency · n / length). */
function wave(frequency: number, length: number): ComplexArray {
  const angles = Float64Array.from({ length }, (_, n) => (2 * Math.PI * frequency * n) / length);
  return { re: angles.map(Math.cos), im: angles.map(Math.sin) };
}

/** Computes each row's coefficient of a wave. */
function rowSums(plane: TensorValue['data'], black: number, { re, im }: ComplexArray): ComplexArray {
  const width = re.length;
  const height = plane.length / width;
  const sums = { re: new Float64Array(height), im: new Float64Array(height) };
  for (let y = 0, p = 0; y < height; y++) {
    let [real, imaginary] = [0, 0];
    for (let x = 0; x < width; x++, p++) {
      const value = plane[p]! - black;
      real += value * re[x]!;
      imaginary -= value * im[x]!;
    }
    [sums.re[y], sums.im[y]] = [real, imaginary];
  }
  return sums;
}

/** Computes by how much coefficients of rows change when the waves down have the wanted amplitudes. */
function changeOfRows(own: ComplexArray, wanted: ComplexArray, down: readonly ComplexArray[]): ComplexArray {
  const height = own.re.length;
  const change = { re: new Float64Array(height), im: new Float64Array(height) };
  for (const { re, im } of down) {
    const [coefficient, other] = [coefficientOf(own, re, im), coefficientOf(wanted, re, im)];
    const [amplitude, wantedAmplitude] = [coefficient, other].map(each => Math.hypot(...each));
    const [real, imaginary] =
      amplitude! > 0 ? coefficient.map(part => part * (wantedAmplitude! / amplitude! - 1)) : [wantedAmplitude!, 0];
    for (let y = 0; y < height; y++) {
      change.re[y]! += real! * re[y]! - imaginary! * im[y]!;
      change.im[y]! += real! * im[y]! + imaginary! * re[y]!;
    }
  }
  return change;
}

function coefficientOf(rows: ComplexArray, re: Float64Array, im: Float64Array): [number, number] {
  let [real, imaginary] = [0, 0];
  for (let y = 0; y < re.length; y++) {
    real += rows.re[y]! * re[y]! + rows.im[y]! * im[y]!;
    imaginary += rows.im[y]! * re[y]! - rows.re[y]! * im[y]!;
  }
  return [real, imaginary];
}

/** Adds a wave across with coefficients by row, times a factor. */
function addWave(plane: Float32Array, rows: ComplexArray, { re, im }: ComplexArray, factor: number): void {
  const width = re.length;
  for (let y = 0, p = 0; p < plane.length; y++) {
    const [real, imaginary] = [factor * rows.re[y]!, factor * rows.im[y]!];
    for (let x = 0; x < width; x++, p++) plane[p]! += real * re[x]! - imaginary * im[x]!;
  }
}
