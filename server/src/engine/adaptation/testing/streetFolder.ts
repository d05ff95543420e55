import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { street, streetClasses } from './streets';

const [width, height] = [48, 32];

/** Changes to the experiment, by its parts. */
export type ExperimentChanges = Partial<
  Record<'network' | 'adaptation' | 'training' | 'evaluation' | 'output', object>
>;

/**
 * Writes streets by day with labels, streets by night, some of these with labels to measure on, and an experiment over
 * them, `street.adapt.json`. Answers the experiment file; its run's folder is `runs/street`.
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
