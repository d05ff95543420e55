// Renders media/sample.png, the picture that `npm run segment` takes when it is given none: an evening landscape.
// Everything in it is computed here, and the same every time.
import path from 'node:path';
import sharp from 'sharp';

const width = 480;
const height = 320;
const horizon = 176;
const sun = { x: 330, y: 112, radius: 27 };

const mix = (a, b, t) => a.map((value, c) => value + (b[c] - value) * Math.min(1, Math.max(0, t)));
const smooth = (from, to, value) => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
};

/**
 * A number from 0 to 1 that depends on a lattice point alone (integer hash after Bob Jenkins's one-at-a-time mixing).
 */
function hash(x, y, seed) {
  let h = (x * 374761393 + y * 668265263 + seed * 974711) | 0;
  h = Math.imul(h ^ (h >>> 13), 1274126177);
  h = Math.imul(h ^ (h >>> 16), 2246822519);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 32;
}

/** Value noise: lattice values, smoothly interpolated; from 0 to 1. */
function noise(x, y, seed) {
  const x0 = Math.floor(x),
    y0 = Math.floor(y);
  const u = smooth(0, 1, x - x0),
    v = smooth(0, 1, y - y0);
  const top = hash(x0, y0, seed) * (1 - u) + hash(x0 + 1, y0, seed) * u;
  const bottom = hash(x0, y0 + 1, seed) * (1 - u) + hash(x0 + 1, y0 + 1, seed) * u;
  return top * (1 - v) + bottom * v;
}

/** Sums five octaves of noise, each of half the size and strength of the one before. */
function texture(x, y, seed) {
  let sum = 0;
  for (let octave = 0; octave < 5; octave++)
    sum += noise(x * 2 ** octave, y * 2 ** octave, seed + octave) / 2 ** (octave + 1);
  return sum / (1 - 2 ** -5);
}

function sky(x, y) {
  const t = y / horizon;
  let colour = mix([70, 112, 178], [248, 196, 140], t ** 1.5);
  const glow = Math.hypot(x - sun.x, y - sun.y);
  colour = mix([255, 224, 158], colour, smooth(20, 150, glow));
  const cloud = texture(x / 110, y / 26, 3) * smooth(horizon, 40, y) ** 0.4;
  colour = mix(colour, [255, 238, 226], smooth(0.5, 0.68, cloud) * 0.85);
  return mix([255, 246, 204], colour, smooth(sun.radius - 1, sun.radius + 1, glow));
}

/** Ridges from far to near: the height of their line at x, and their colour. */
const ridges = [
  {
    line: x => 118 + 34 * texture(x / 150, 0, 11) - 46 * Math.exp(-(((x - 130) / 62) ** 2)),
    colours: [
      [126, 128, 164],
      [150, 144, 166],
    ],
    grain: 0.05,
  },
  {
    line: x => 134 + 46 * texture(x / 120 + 5, 0, 17),
    colours: [
      [86, 108, 120],
      [112, 128, 122],
    ],
    grain: 0.1,
  },
  {
    line: x => 150 + 34 * texture(x / 90 + 9, 0, 23) - 10 * Math.exp(-(((x - 420) / 60) ** 2)),
    colours: [
      [64, 96, 66],
      [86, 116, 68],
    ],
    grain: 0.22,
  },
];

function landscape(x, y) {
  let colour = sky(x, y);
  for (const {
    line,
    colours: [high, low],
    grain,
  } of ridges) {
    const top = line(x);
    const shade = 1 + grain * (texture(x / 9, y / 6, 31) - 0.5) * 2;
    colour = mix(
      colour,
      mix(high, low, (y - top) / 50).map(value => value * shade),
      smooth(top - 0.7, top + 0.7, y),
    );
  }
  return colour;
}

/** The far shore mirrored in moving water, bluer and darker, with a path of light below the sun. */
function lake(x, y) {
  const depth = (y - horizon) / (height - horizon);
  const wave = (texture(x / 30, y / 3, 41) - 0.5) * (4 + 26 * depth);
  const mirrored = landscape(x + wave, Math.max(0, horizon - (y - horizon) * 1.15 + wave * 0.4));
  const colour = mix(mirrored, [38, 84, 124], 0.42 + 0.2 * depth);
  const glitter = Math.exp(-(((x - sun.x) / (15 + 60 * depth)) ** 2)) * smooth(0.5, 0.72, texture(x / 14, y / 2, 47));
  return mix(colour, [255, 226, 168], glitter * 0.9);
}

const shoreLine = x => 244 + 44 * smooth(140, 340, x) + 10 * (texture(x / 60, 3, 53) - 0.5) + 60 * smooth(330, 470, x);

function meadow(x, y) {
  const blades = texture(x / 3, y / 9, 59);
  const patches = texture(x / 55, y / 22, 61);
  const base = mix([94, 128, 48], [150, 158, 62], smooth(0.35, 0.65, patches));
  return mix(base, [50, 84, 36], (y - shoreLine(x)) / 110).map(value => value * (0.78 + 0.44 * blades));
}

function house(x, y, colour) {
  const left = 92,
    right = 164,
    eaves = 208,
    ground = 260,
    ridge = 176;
  const roofLeft = left - 8 + (eaves - y) * 0.75,
    roofRight = right + 8 - (eaves - y) * 0.75;
  const inside = (x0, y0, x1, y1) => x >= x0 && x < x1 && y >= y0 && y < y1;
  if (inside(144, 172, 153, 196)) return [124, 74, 60].map(value => value * (0.85 + 0.3 * hash(x >> 2, y >> 1, 67)));
  if (y >= ridge && y < eaves && x >= roofLeft && x < roofRight) {
    const tile = (y - ridge) % 6 < 1 ? 0.78 : 1;
    return [172, 68, 52].map(
      value =>
        value *
        tile *
        (0.88 + 0.24 * hash((x + (Math.floor((y - ridge) / 6) % 2) * 4) >> 3, Math.floor((y - ridge) / 6), 71)),
    );
  }
  if (!inside(left, eaves, right, ground)) return colour;
  if (inside(121, 224, 136, ground)) return mix([96, 62, 40], [74, 46, 30], (x - 121) / 15);
  for (const windowLeft of [99, 144]) {
    if (inside(windowLeft, 220, windowLeft + 14, 236)) {
      const frame =
        x === windowLeft + 7 || y === 228 || x === windowLeft || x === windowLeft + 13 || y === 220 || y === 235;
      return frame ? [248, 244, 236] : mix([255, 214, 122], [222, 160, 84], (y - 220) / 16);
    }
  }
  const wall = mix([238, 224, 198], [206, 188, 162], (right - x) / (right - left));
  return wall.map(value => value * (y < eaves + 5 ? 0.82 : 1) * (0.97 + 0.06 * texture(x / 4, y / 4, 73)));
}

const trees = [
  { x: 46, ground: 256, size: 46, crown: [44, 88, 44], seed: 79 },
  { x: 206, ground: 266, size: 36, crown: [182, 118, 40], seed: 83 },
  { x: 262, ground: 290, size: 26, crown: [60, 104, 50], seed: 89 },
];

function tree({ x: middle, ground, size, crown, seed }, x, y, colour) {
  const dx = x - middle,
    dy = y - (ground - size * 1.25);
  const edge = Math.hypot(dx, dy * 0.9) / size + (texture(x / 9, y / 9, seed) - 0.5) * 0.7;
  if (edge < 0.66) {
    const light = 0.72 + 0.5 * smooth(-size, size, dx - dy) + 0.5 * (texture(x / 5, y / 5, seed + 1) - 0.5);
    return crown.map(value => value * light);
  }
  if (Math.abs(dx) < size * 0.08 && y > ground - size * 0.8 && y < ground)
    return [88, 64, 44].map(value => value * (0.8 + 0.4 * hash(x, y >> 2, seed)));
  return colour;
}

function pixel(x, y) {
  let colour = y < horizon ? landscape(x, y) : lake(x, y);
  const shore = shoreLine(x);
  if (y > shore - 5) colour = mix(colour, [196, 174, 128], smooth(shore - 5, shore - 3, y));
  colour = mix(colour, meadow(x, y), smooth(shore - 0.5, shore + 1.5, y));
  colour = house(x, y, colour);
  for (const each of trees) colour = tree(each, x, y, colour);
  return colour;
}

/** Renders each pixel from 2 × 2 samples, so that edges are as smooth as in a photo. */
function render() {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const samples = [
        [0, 0],
        [0.5, 0],
        [0, 0.5],
        [0.5, 0.5],
      ].map(([dx, dy]) => pixel(x + dx, y + dy));
      for (let c = 0; c < 3; c++)
        rgb[(y * width + x) * 3 + c] = samples.reduce((sum, sample) => sum + sample[c], 0) / 4;
    }
  }
  return rgb;
}

const file = path.resolve(import.meta.dirname, '..', 'media', 'sample.png');
await sharp(render(), { raw: { width, height, channels: 3 } })
  .png({ compressionLevel: 9 })
  .toFile(file);
