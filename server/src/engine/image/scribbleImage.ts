import { MaskDocument } from '../../../../mask/document/maskDocument';
import { palette } from '../../../../mask/colours/palettes';
import { runsByValue } from '../../../../mask/regions/pixelRuns';
import { withClassLabels } from '../../../../mask/document/scribbleEdits';
import { maxScribbleLabels, noClass } from '../../../../mask/document/scribbles';
import type { ScribbleParams } from '../../../../protocol/segmentMessages';
import { readLabelImage } from './labelImage';
import { ImageError } from './imageError';
import type { ImageLimits } from './imageHeader';
import type { LoadedImage } from './loadImage';
import type { Size } from './picture';

/** What a user drew for a network to learn: strokes, or an image of them. */
export type Scribbles = ScribbleParams | ScribbleImage;

/** Scribbles as an image of the picture's size. */
export interface ScribbleImage extends Size {
  /** The path of the file. */
  readonly file: string;
  readonly classes: number;
  /** The value in the file of each class. */
  readonly values: readonly number[];
  /** The class of each pixel, `noClass` where nothing is drawn. */
  readonly drawn: Uint8Array;
}

/**
 * Reads scribbles as Kim et al.'s program does: a label PNG of the picture's size, 255 where nothing is drawn.
 * @throws ImageError for a file that is none, or has no scribble, or too many labels
 */
export async function readScribbles(file: string, limits: ImageLimits): Promise<ScribbleImage> {
  const { width, height, channels, data } = await readLabelImage(file, limits);
  if (channels !== 1)
    throw new ImageError(
      file,
      'scribbles are one value a pixel, this image has colours: save it as grey or indexed PNG',
    );
  const values = [...new Set(data)].filter(value => value !== noClass).sort((a, b) => a - b);
  if (values.length === 0) throw new ImageError(file, 'nothing is drawn in it: all pixels are 255');
  if (values.length > maxScribbleLabels)
    throw new ImageError(
      file,
      `it has ${values.length} labels, at most ${maxScribbleLabels} are possible; pixels without a scribble are 255`,
    );
  const classOf = new Map(values.map((value, index) => [value, index]));
  return {
    file,
    width,
    height,
    classes: values.length,
    values,
    drawn: Uint8Array.from(data, value => classOf.get(value) ?? noClass),
  };
}

/** @throws Error when scribbles have another size than the image */
export function checkScribbleSize({ file, width, height }: ScribbleImage, { picture }: LoadedImage): void {
  if (width !== picture.width || height !== picture.height) {
    throw new Error(
      `${file} is ${width}×${height} pixels, ` +
        `the image as displayed ${picture.width}×${picture.height}: scribbles have its size`,
    );
  }
}

/**
 * Reduces scribbles to a smaller size. A pixel takes the last class drawn on the pixels that it stands for, so that
 * thin strokes stay.
 */
export function scribblesAtSize({ width, height, drawn }: ScribbleImage, to: Size): Uint8Array {
  const map = new Uint8Array(to.width * to.height).fill(noClass);
  for (let y = 0, p = 0; y < height; y++) {
    const row = Math.floor((y * to.height) / height) * to.width;
    for (let x = 0; x < width; x++, p++) {
      if (drawn[p] !== noClass) map[row + Math.floor((x * to.width) / width)] = drawn[p];
    }
  }
  return map;
}

/**
 * Adds a label for each class of the scribbles to a mask, named by the class's value in the file.
 * @param classes the class of each region; empty where nothing was learned
 */
export function withScribbleImage(
  document: MaskDocument,
  { values, drawn }: ScribbleImage,
  classes: Uint8Array = new Uint8Array(),
): MaskDocument {
  const labels = values.map((value, index) => ({ name: String(value), colour: palette[index % palette.length] }));
  const runs = runsByValue(drawn, noClass);
  return new MaskDocument(
    withClassLabels(
      document.state,
      labels,
      classes,
      values.map((_, index) => ({ class: index, runs: runs.get(index)! })),
    ),
  );
}
