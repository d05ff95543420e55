import { random, type Random } from '../../clustering/random';
import type { Picture } from '../../image/picture';
import type { Batch, BatchStream, ClassLook, Cursor, Example, ExperimentData } from '../data';
import type { Experiment } from '../experiment';
import { normalisedByte, normalisedPicture } from '../pixels';
import type { LabelledPicture } from './streets';

/** Pictures in memory, all of one size that is the training's or larger, but of the same proportions. */
export interface Pictures {
  readonly classes: readonly ClassLook[];
  readonly source: readonly LabelledPicture[];
  readonly target: readonly Picture[];
  /** At the training's size. */
  readonly evaluation: readonly LabelledPicture[];
}

/** An experiment's data from pictures in memory. */
export function memoryData(experiment: Experiment, { classes, source, target, evaluation }: Pictures): ExperimentData {
  const { training: { seed }, output } = experiment;
  const examples = async function* (pictures: readonly LabelledPicture[]): AsyncGenerator<Example> {
    for (const [index, { picture, labels }] of pictures.entries()) {
      await Promise.resolve();
      const { width, height } = picture;
      yield { name: String(index), image: normalisedPicture(picture), labels: { shape: [1, 1, height, width], data: Int32Array.from(labels) } };
    }
  };
  return {
    classes,
    openSource: cursor => Promise.resolve(openStream(source, experiment, seed, cursor)),
    openTarget: cursor => Promise.resolve(openStream(target.map(picture => ({ picture })), experiment, seed + 1, cursor)),
    evaluation: () => examples(evaluation),
    previews: () => examples(evaluation.slice(0, output.previews)),
  };
}

type Item = Pick<LabelledPicture, 'picture'> & Partial<LabelledPicture>;

/** Batches of pictures drawn at random. The cursor is the number of batches drawn. */
function openStream(items: readonly Item[], experiment: Experiment, seed: number, cursor: Cursor = 0): BatchStream {
  let drawn = Number(cursor);
  return {
    next: () => Promise.resolve(draw(items, experiment, random((seed ^ Math.imul(++drawn, 0x85ebca6b)) >>> 0))),
    cursor: () => drawn,
    close: () => Promise.resolve(),
  };
}

function draw(items: readonly Item[], { training: { batch, size: [width, height], augmentation } }: Experiment, next: Random): Batch {
  const area = width * height;
  const images = new Float32Array(batch * 3 * area);
  const labels = new Int32Array(batch * area);
  for (let n = 0; n < batch; n++) {
    const { picture, labels: own } = items[Math.floor(next() * items.length)];
    const window = augmentation.enabled ? randomWindow(augmentation, next) : { scale: 1, left: 0, top: 0, flip: false };
    const across = axis(width, picture.width, window.scale, window.left);
    const down = axis(height, picture.height, window.scale, window.top);
    if (window.flip) across.reverse();
    // Light and colour vary on the source alone: the target's are what the network is to learn, and its statistics with them.
    const vary = (share: number) => augmentation.enabled && own ? 1 + share * (2 * next() - 1) : 1;
    const light = vary(augmentation.brightness);
    const gains = [0, 1, 2].map(() => light * vary(augmentation.colour / 2));
    const contrast = vary(augmentation.colour);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const to = y * width + x;
        for (let c = 0; c < 3; c++) {
          const value = ((between(picture, across[x], down[y], c) - 110) * contrast + 110) * gains[c];
          images[(3 * n + c) * area + to] = normalisedByte(Math.min(255, Math.max(0, value)), c);
        }
        if (own) labels[n * area + to] = own[down[y].nearest * picture.width + across[x].nearest];
      }
    }
  }
  return {
    images: { shape: [batch, 3, height, width], data: images },
    ...(items[0].labels && { labels: { shape: [batch, 1, height, width], data: labels } }),
  };
}

/** A place on a picture's axis: the pixels whose centres it lies between, the share of the second, and the nearest. */
interface Place { readonly first: number; readonly second: number; readonly share: number; readonly nearest: number }

/** Where the pixels of an axis lie on a picture's, of which they show the part from `start` on, `scale` long, in shares. */
function axis(size: number, full: number, scale: number, start: number): Place[] {
  return Array.from({ length: size }, (_, to) => {
    const at = Math.min(full - 1, Math.max(0, ((to + 0.5) / size * scale + start) * full - 0.5));
    const first = Math.floor(at);
    return { first, second: Math.min(full - 1, first + 1), share: at - first, nearest: Math.round(at) };
  });
}

/** A channel's value between pixels, bilinear. */
function between({ width, rgb }: Picture, x: Place, y: Place, channel: number): number {
  const row = (of: number) => rgb[3 * (of * width + x.first) + channel] * (1 - x.share) + rgb[3 * (of * width + x.second) + channel] * x.share;
  return row(y.first) * (1 - y.share) + row(y.second) * y.share;
}

/** Part of a picture, in shares of its sides: between all of it and the inverse of the largest factor of scale. */
function randomWindow({ scale: [, largest], flip }: Experiment['training']['augmentation'], next: Random): { scale: number; left: number; top: number; flip: boolean } {
  const scale = 1 / (1 + next() * (largest - 1));
  return { scale, left: next() * (1 - scale), top: next() * (1 - scale), flip: flip && next() < 0.5 };
}
