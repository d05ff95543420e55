import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import type { Experiment } from '../../server/src/engine/adaptation/experiment';
import type { Pictures } from '../../server/src/engine/adaptation/testing/memoryData';
import type { LabelledPicture } from '../../server/src/engine/adaptation/testing/streets';
import type { Picture } from '../../server/src/engine/image/picture';

/** The 11 classes of CamVid as its label images number them; 11 is unlabelled. */
const classes = ['Sky', 'Building', 'Pole', 'Road', 'Pavement', 'Tree', 'SignSymbol', 'Fence', 'Car', 'Pedestrian', 'Bicyclist'];
const unlabelled = 255;
/** How much larger than the network's the training pictures are kept where they are scaled and cropped, so that crops keep their detail. */
const detail = 1.5;

/** What a data folder holds: `day` with labels, `dusk-unlabelled`, and `dusk-validation` with labels. */
export async function readCamVid(
  folder: string, { size: [width, height], augmentation }: Experiment['training'], evaluation: { from: number; to: number },
): Promise<Pictures> {
  const factor = augmentation.enabled ? detail : 1;
  const large = [Math.round(width * factor), Math.round(height * factor)] as const;
  const at = (...parts: string[]) => path.join(folder, ...parts);
  const validation = names(at('dusk-validation', 'images')).slice(evaluation.from, evaluation.to);
  return {
    classes: classes.map((name, index) => ({ name, colour: `#${(index * 20 + 30).toString(16).repeat(3)}` })),
    source: await Promise.all(names(at('day', 'images')).map(name => labelled(at('day'), name, large))),
    target: await Promise.all(names(at('dusk-unlabelled', 'images')).map(name => picture(at('dusk-unlabelled', 'images', name), large))),
    evaluation: await Promise.all(validation.map(name => labelled(at('dusk-validation'), name, [width, height]))),
  };
}

function names(folder: string): string[] {
  return readdirSync(folder).filter(name => /\.(?:jpe?g|png)$/i.test(name)).sort();
}

async function picture(file: string, [width, height]: readonly [number, number]): Promise<Picture> {
  return { width, height, rgb: await sharp(file).resize(width, height, { fit: 'fill' }).removeAlpha().raw().toBuffer() };
}

async function labelled(folder: string, name: string, size: readonly [number, number]): Promise<LabelledPicture> {
  const file = path.join(folder, 'labels', `${path.parse(name).name}.png`);
  const values = await sharp(file).resize(size[0], size[1], { fit: 'fill', kernel: 'nearest' }).extractChannel(0).raw().toBuffer();
  return { picture: await picture(path.join(folder, 'images', name), size), labels: Uint8Array.from(values, value => value < classes.length ? value : unlabelled) };
}
