import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { seededRandom, type Random } from '../../common/random';
import type { Picture } from '../../image/picture';

/** A picture with its labels, one byte a pixel. */
export interface LabelledPicture {
  readonly picture: Picture;
  readonly labels: Uint8Array;
}

export const streetClasses = [
  { name: 'sky', colour: '#87ceeb' },
  { name: 'building', colour: '#a0522d' },
  { name: 'tree', colour: '#228b22' },
  { name: 'road', colour: '#808080' },
  { name: 'car', colour: '#dc143c' },
];

/** Colours of the classes by day. */
const day = [
  [150, 195, 235],
  [165, 110, 80],
  [60, 125, 50],
  [115, 115, 120],
  [190, 45, 45],
];

/**
 * Draws a street scene of sky, buildings, trees, road and cars; by night dark, bluish and noisy. It depends on the
 * arguments alone.
 */
export function street(width: number, height: number, seed: number, light: 'day' | 'night'): LabelledPicture {
  const next = seededRandom(seed);
  const labels = layOut(width, height, next);
  const rgb = new Uint8Array(3 * labels.length);
  const tint = day.map(colour => colour.map(value => value + 40 * (next() - 0.5)));
  for (let p = 0; p < labels.length; p++) {
    for (let c = 0; c < 3; c++) {
      const lit = tint[labels[p]][c] + 30 * (next() - 0.5);
      rgb[3 * p + c] = Math.min(255, Math.max(0, light === 'day' ? lit : night(lit, c) + 20 * (next() - 0.5)));
    }
  }
  return { picture: { width, height, rgb }, labels };
}

/** Converts a channel by day to night: dim, blue, and with less contrast. */
function night(value: number, channel: number): number {
  return 12 + value * [0.22, 0.26, 0.42][channel];
}

function layOut(width: number, height: number, next: Random): Uint8Array {
  const labels = new Uint8Array(width * height);
  const box = (label: number, left: number, top: number, right: number, bottom: number) => {
    for (let y = Math.max(0, Math.round(top)); y < Math.min(height, bottom); y++) {
      for (let x = Math.max(0, Math.round(left)); x < Math.min(width, right); x++) labels[y * width + x] = label;
    }
  };
  const horizon = height * (0.5 + 0.15 * next());
  for (let x = -0.1 * width; x < width;) {
    const wide = width * (0.1 + 0.25 * next());
    if (next() < 0.75) box(1, x, horizon * (0.2 + 0.6 * next()), x + wide, horizon);
    x += wide;
  }
  for (let tree = 0; tree < 3; tree++) {
    const [centre, size] = [width * next(), height * (0.08 + 0.1 * next())];
    box(2, centre - size, horizon - 2.5 * size, centre + size, horizon - 0.4 * size);
    box(2, centre - size / 5, horizon - size, centre + size / 5, horizon);
  }
  box(3, 0, horizon, width, height);
  for (let car = 0; car < 2; car++) {
    const [left, top, size] = [
      width * next(),
      horizon + (height - horizon) * 0.5 * next(),
      height * (0.1 + 0.08 * next()),
    ];
    box(4, left, top, left + 2 * size, top + size);
  }
  return labels;
}

const [width, height] = [48, 32];

/** Changes to the experiment, by its parts. */
export type ExperimentChanges = Partial<
  Record<'network' | 'adaptation' | 'training' | 'evaluation' | 'output', object>
>;

/**
 * Writes streets by day with labels, streets by night, some of these with labels to measure on, and an experiment over
 * them, `street.adapt.json`. Returns the path of the experiment file; its run's folder is `runs/street`.
 */
export async function writeStreets(folder: string, changes: ExperimentChanges = {}): Promise<string> {
  await writeScenes(folder, 'day', 0, 8, true);
  await writeScenes(folder, 'night', 100, 8, false);
  await writeScenes(folder, 'measured', 200, 3, true);
  const file = path.join(folder, 'street.adapt.json');
  await writeFile(
    file,
    JSON.stringify(
      {
        source: { root: 'day', images: 'images', labels: 'labels' },
        target: { images: 'night/images' },
        classes: streetClasses.map(({ name, colour }, index) => ({ name, colour, values: [index] })),
        network: { channels: 4, ...changes.network },
        adaptation: { strategy: 'none', ...changes.adaptation },
        training: { steps: 40, batch: 2, size: [width, height], backend: 'cpu', ...changes.training },
        evaluation: { root: 'measured', images: 'images', labels: 'labels', every: 20, ...changes.evaluation },
        output: { checkpointEvery: 10, previews: 1, ...changes.output },
      },
      null,
      2,
    ),
  );
  return file;
}

async function writeScenes(root: string, name: string, seed: number, count: number, labelled: boolean): Promise<void> {
  const [images, labels] = [path.join(root, name, 'images'), path.join(root, name, 'labels')];
  for (const folder of labelled ? [images, labels] : [images]) await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const scene = street(width, height, seed + index, name === 'day' ? 'day' : 'night');
    await sharp(scene.picture.rgb, { raw: { width, height, channels: 3 } })
      .png()
      .toFile(path.join(images, `${index}.png`));
    if (labelled)
      await sharp(scene.labels, { raw: { width, height, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(path.join(labels, `${index}.png`));
  }
}
