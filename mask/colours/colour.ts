/** Red, green and blue, 0 … 255. */
export type Rgb = readonly [number, number, number];

/** `#rrggbb`, lower case. */
export function toHex(rgb: Rgb): string {
  return `#${rgb.map(value => value.toString(16).padStart(2, '0')).join('')}`;
}

/** @throws Error when the text is not `#rrggbb`. */
export function fromHex(text: string): Rgb {
  if (!isHex(text)) throw new Error(`‘${text}’ is not a colour of the form #rrggbb.`);
  return [1, 3, 5].map(at => parseInt(text.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** Whether a text is a colour of the form `#rrggbb`, in either case. */
export function isHex(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}

/**
 * Linear-light RGB as seen without red cones (protanopia) and without green cones (deuteranopia): the full-strength
 * matrices of Machado, Oliveira, Fernandes, “A Physiologically-based Model for Simulation of Color Vision Deficiency”,
 * IEEE TVCG 2009.
 */
const deficiencies = [
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
];

/**
 * How different colours look from each other, a row for each colour: ΔE in Oklab, 0 … 1, as people of normal or of
 * red-green-deficient sight see it, whichever see less.
 */
export function differencesAmong(colours: readonly Rgb[]): Float64Array[] {
  const seen = colours.map(appearances);
  return seen.map(one => Float64Array.from(seen, other => leastDistance(one, other)));
}

/** The appearances of a colour in Oklab: to normal sight, without red cones, and without green cones. */
function appearances(rgb: Rgb): number[][] {
  const light = linear(rgb);
  return [light, ...deficiencies.map(matrix => transform(matrix, light))].map(oklab);
}

function leastDistance(a: number[][], b: number[][]): number {
  return Math.min(...a.map((seen, sight) => distance(seen, b[sight])));
}

/** sRGB to linear light (IEC 61966-2-1). */
function linear(rgb: Rgb): number[] {
  return rgb
    .map(value => value / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
}

/** Björn Ottosson, “A perceptual color space for image processing”, 2020: its matrices from linear sRGB. */
function oklab(rgb: number[]): number[] {
  const cones = transform(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt);
  return transform(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    cones,
  );
}

function transform(matrix: number[][], vector: number[]): number[] {
  return matrix.map(row => row.reduce((sum, factor, i) => sum + factor * vector[i], 0));
}

function distance(a: number[], b: number[]): number {
  return Math.hypot(...a.map((value, i) => value - b[i]));
}
