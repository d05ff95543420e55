// mIoU, boundary F and time of a trained network on labelled photos at their own size, by the scales and mirror images
// that are averaged, and with classes refined along superpixels, of which N stand for the whole photo.
// Usage: npm run bench:predict -- --checkpoint DIR --images DIR --labels DIR [--frames FROM:TO] [--scales LIST;…]
//          [--regions N,…] [--threads N]
// Labels are PNGs named as the photos, a byte a pixel: the class, or 255 where none counts.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openAdaptedModel } from '../server/src/engine/adaptation/prediction/adaptedModel';
import { regionMeans } from '../server/src/engine/adaptation/prediction/regionMeans';
import { upsampleClasses } from '../server/src/engine/adaptation/prediction/sampling';
import { openBackend } from '../server/src/engine/backend/openBackend';
import { loadImage } from '../server/src/engine/image/loadImage';
import type { Picture } from '../server/src/engine/image/picture';
import { readLabelImage } from '../server/src/engine/image/labelImage';
import {
  boundariesOf,
  boundaryCounts,
  boundaryMeasure,
  sumCounts,
  type BoundaryCounts,
} from '../server/src/engine/metrics/boundary';
import { classScores, countPixels, emptyConfusion, type Confusion } from '../server/src/engine/metrics/confusion';
import { toLab } from '../server/src/engine/pixels/lab';
import { slic } from '../server/src/engine/superpixels/slic';
import { labelSegments } from '../mask/agreement/segments';
import { defaultSettings } from '../protocol/settings';

const { values: options } = parseArgs({
  options: {
    checkpoint: { type: 'string' },
    images: { type: 'string' },
    labels: { type: 'string' },
    frames: { type: 'string', default: '0:' },
    scales: { type: 'string', default: '1;0.75,1,1.25;0.5,0.75,1,1.25,1.5;1,1.5;0.75,1,1.5;1,1.5,2' },
    regions: { type: 'string', default: '600,1200,2400' },
    threads: { type: 'string', default: '1' },
  },
});

/** What was found of all photos in one way. */
interface Way {
  readonly confusion: Confusion;
  readonly boundaries: BoundaryCounts[];
  seconds: number;
}

const ignored = 255;

/** Counts a photo's classes. Where no class counts, the prediction has none either, so that no boundary is wrong. */
function count(way: Way, { width, height }: Picture, truth: Uint16Array, classes: Uint8Array): void {
  countPixels(way.confusion, truth, classes);
  const masked = Uint16Array.from(classes, (index, p) => (truth[p] === ignored ? ignored : index));
  const boundaries = (labels: Uint16Array) => boundariesOf(labelSegments(labels), width, height);
  way.boundaries.push(boundaryCounts(boundaries(masked), [boundaries(truth)]));
}

async function main(checkpoint: string, images: string, labels: string): Promise<void> {
  const { limits } = defaultSettings;
  const backend = () => openBackend('cpu', { threads: Number(options.threads) });
  const model = await openAdaptedModel(path.resolve(checkpoint), backend, limits.memory);
  const ways = new Map<string, Way>();
  const wayOf = (name: string): Way => {
    const way = ways.get(name) ?? { confusion: emptyConfusion(model.classes.length), boundaries: [], seconds: 0 };
    ways.set(name, way);
    return way;
  };
  const [from, to] = options.frames.split(':').map(text => (text === '' ? undefined : Number(text)));
  const photos = (await readdir(images)).sort().slice(from, to);
  for (const name of photos) {
    const { picture } = await loadImage(path.join(images, name), limits);
    const { width, height } = picture;
    const { data } = await readLabelImage(path.join(labels, `${path.parse(name).name}.png`), limits);
    const truth = Uint16Array.from(data);
    const lab = toLab(picture);
    const superpixels = options.regions
      .split(',')
      .filter(text => text !== '')
      .map(wanted => {
        const started = performance.now();
        const regions = slic(lab, { count: Number(wanted), compactness: 10, iterations: 5 });
        return { wanted, regions, seconds: (performance.now() - started) / 1000 };
      });
    for (const list of options.scales.split(';')) {
      for (const mirror of [false, true]) {
        const started = performance.now();
        const { probabilities } = await model.predict(picture, {
          changes: { scales: list.split(',').map(Number), mirror },
        });
        const map = upsampleClasses(probabilities, width, height);
        const seconds = (performance.now() - started) / 1000;
        const row = `${list}${mirror ? ', mirrored' : ''}`;
        const plain = wayOf(row);
        plain.seconds += seconds;
        count(plain, picture, truth, map.labels);
        for (const { wanted, regions, seconds: before } of superpixels) {
          const way = wayOf(`${row}, along ${wanted} superpixels`);
          const begun = performance.now();
          const means = regionMeans(probabilities, regions);
          const { labels } = upsampleClasses(probabilities, width, height, { ids: regions.ids, means });
          way.seconds += seconds + before + (performance.now() - begun) / 1000;
          count(way, picture, truth, labels);
        }
      }
    }
    console.error(name);
  }
  await model.dispose();
  console.log('| scales | mIoU | accuracy | boundary F | precision | recall | seconds a photo |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, { confusion, boundaries, seconds }] of ways) {
    const { mIoU, pixelAccuracy } = classScores(confusion);
    const { f, precision, recall } = boundaryMeasure(sumCounts(boundaries));
    const figures = [mIoU, pixelAccuracy, f, precision, recall].map(value => value.toFixed(3));
    console.log(`| ${name} | ${figures.join(' | ')} | ${(seconds / photos.length).toFixed(2)} |`);
  }
}

const { checkpoint, images, labels } = options;
if (checkpoint === undefined || images === undefined || labels === undefined)
  throw new Error('--checkpoint DIR, --images DIR and --labels DIR are wanted');
void main(checkpoint, images, labels);
