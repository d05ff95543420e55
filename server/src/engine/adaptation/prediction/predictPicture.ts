import type { PredictionSettings } from '../../experiment/experimentSchema';
import { normalisedPicture } from '../../dataset/streaming/imageNormalisation';
import type { TensorValue } from '../../graph/core/operation';
import { resizePicture, type Picture, type Size } from '../../image/picture';
import type { Model } from './model';
import { ProbabilityGrid } from './probabilityGrid';
import { workingSize } from './sampling';
import { coarsestStride, isOneTile, tilePlan, type Tile } from './tilePlan';

/** A network that predicts pictures, and what it may take. */
export interface Predictor {
  readonly classes: number;
  /** Width and height of the pictures that it was trained on. */
  readonly trained: readonly [width: number, height: number];
  /** The most pixels that it is shown at once. */
  readonly mostPixels: number;
  /** The most pixels of the grid on which predictions are averaged. */
  readonly mostGridPixels: number;
  readonly modelFor: (size: Size) => Promise<Model>;
}

/** The prediction of a picture, and the work that it took. */
export interface PicturePrediction {
  /** Mean probabilities [1,classes,h,w], with the proportions of the picture. */
  readonly probabilities: TensorValue;
  /** Predictions of the whole picture, at each size and mirrored. */
  readonly predictions: number;
  /** Runs of the network: more than predictions where the picture was cut into tiles. */
  readonly runs: number;
}

/**
 * Predicts a picture of any size as the mean over several sizes and mirror images; in tiles where it would take too
 * much memory at once.
 * @throws AbortError once `cancel` is aborted
 */
export async function predictPicture(
  picture: Picture,
  { scales, mirror }: Pick<PredictionSettings, 'scales' | 'mirror'>,
  { classes, trained, mostPixels, mostGridPixels, modelFor }: Predictor,
  cancel?: AbortSignal,
): Promise<PicturePrediction> {
  const sizes = scales.map(scale => sizeAt(picture, trained, scale, mostPixels));
  const sides = mirror ? [false, true] : [false];
  const predictions = sizes.length * sides.length;
  const grid = new ProbabilityGrid(classes, gridSize(sizes, mostGridPixels), 1 / predictions);
  let runs = 0;
  for (const size of sizes) {
    const scaled = await resizePicture(picture, size.width, size.height);
    for (const tile of tilePlan(size, mostPixels)) {
      const model = await modelFor({ width: tile.across.weights.length, height: tile.down.weights.length });
      for (const mirrored of sides) {
        cancel?.throwIfAborted();
        const { probabilities } = await model.predict(normalisedPicture(cut(scaled, tile, mirrored)), [
          'probabilities',
        ]);
        grid.add({ probabilities: probabilities!, tile, size, mirrored });
        runs++;
      }
    }
  }
  return { probabilities: grid.mean(), predictions, runs };
}

/** The size at a scale. Sides of a picture that is cut into tiles are multiples of what tiles begin at. */
function sizeAt(picture: Size, trained: Predictor['trained'], scale: number, mostPixels: number): Size {
  const size = workingSize(picture, trained, scale);
  return isOneTile(size, mostPixels) ? size : workingSize(picture, trained, scale, coarsestStride);
}

/** The largest of the sizes, or one of its proportions that keeps within a number of pixels. */
function gridSize(sizes: readonly Size[], mostPixels: number): Size {
  const area = ({ width, height }: Size) => width * height;
  const largest = sizes.reduce((most, size) => (area(size) > area(most) ? size : most));
  const factor = Math.min(1, Math.sqrt(mostPixels / area(largest)));
  const side = (length: number) => Math.max(1, Math.floor(length * factor));
  return { width: side(largest.width), height: side(largest.height) };
}

/** Cuts a tile out of a picture, mirrored left to right on request. */
function cut(picture: Picture, { across, down }: Tile, mirrored: boolean): Picture {
  const [width, height] = [across.weights.length, down.weights.length];
  if (!mirrored && width === picture.width && height === picture.height) return picture;
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y++) {
    const row = (down.start + y) * picture.width + across.start;
    for (let x = 0; x < width; x++, to += 3) {
      const from = 3 * (row + (mirrored ? width - 1 - x : x));
      for (let channel = 0; channel < 3; channel++) rgb[to + channel] = picture.rgb[from + channel]!;
    }
  }
  return { width, height, rgb };
}
