import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { chosen, device, pipe, written, type Maker } from './oddFiles';
import { writeExperiment } from './scenes';
import type { Section, Trial } from './trial';

const [width, height] = [4000, 4000];
const categories = [{ id: 1, name: 'sky' }];
const coco = (segmentation: unknown, repeat = 1) =>
  JSON.stringify({
    images: [{ id: 1, file_name: '0.png', width, height }],
    categories,
    annotations: Array.from({ length: repeat }, (_, id) => ({ id, image_id: 1, category_id: 1, segmentation })),
  });
const labelme = (shapes: unknown[]) =>
  JSON.stringify({ version: '5.5.0', imagePath: '0.png', imageWidth: width, imageHeight: height, shapes });
/** Corners that jump across the whole picture, so that every line of it is crossed by every edge. */
const zigzag = (corners: number) =>
  Array.from({ length: corners }, (_, i) => [(i * 7919) % width, i % 2 === 0 ? 0 : height - 1]);
const circle = [
  [2000, 2000],
  [2000, 3999],
];

/** Contents of annotation files that are small on disk and large in work or memory, or that no reader understands. */
const cocoTexts: Readonly<Record<string, string | Buffer>> = {
  'run lengths that fill the picture 2,000 times': coco({ size: [height, width], counts: [0, width * height] }, 2000),
  'a polygon of 100,000 corners': coco([zigzag(100_000).flat()]),
  'a polygon far outside': coco([[-1e15, -1e15, 1e15, -1e15, 1e15, 1e15]]),
  'a polygon of numbers beyond all': coco([[1e308, -1e308, 1e308, 1e308, -1e308, 1e308]]),
  'a claimed size of 4 gigapixels': coco([]).replaceAll('4000', '65535'),
  'compressed run lengths without an end': coco({ size: [height, width], counts: '~'.repeat(100_000) }),
  'nested arrays': '['.repeat(20_000),
  'UTF-16': Buffer.from(`\uFEFF${coco([])}`, 'utf16le'),
  'a cut-off file': coco([[1, 1, 5, 1, 5, 5]]).slice(0, -40),
  nothing: '',
  null: 'null',
  'numbers for lists': '{"images": 1, "categories": 2, "annotations": 3}',
  'entries that are none': '{"images": [null, 7], "categories": [[]], "annotations": ["x", {}]}',
  '200,000 images': JSON.stringify({
    images: Array.from({ length: 200_000 }, (_, id) => ({ id, file_name: `${id}.png`, width: 4, height: 4 })),
    categories,
    annotations: [],
  }),
};

const labelmeTexts: Readonly<Record<string, string | Buffer>> = {
  '60,000 circles': labelme(
    Array.from({ length: 60_000 }, () => ({ label: 'sky', shape_type: 'circle', points: circle })),
  ),
  'a polygon of 100,000 corners': labelme([{ label: 'sky', shape_type: 'polygon', points: zigzag(100_000) }]),
  'a picture in it that is none': labelme([]).replace('"shapes"', `"imageData": "${'A'.repeat(3_000_000)}", "shapes"`),
  'a circle without an end': labelme([
    {
      label: 'sky',
      shape_type: 'circle',
      points: [
        [0, 0],
        [1e300, 0],
      ],
    },
  ]),
  'a mask shape that claims too much': labelme([
    {
      label: 'sky',
      shape_type: 'mask',
      points: [
        [0, 0],
        [1e9, 1e9],
      ],
      mask: 'iVBORw0KGgo=',
    },
  ]),
};

/** A picture of the size that the labels claim, small as a file. */
const plainPicture = sharp({ create: { width, height, channels: 3, background: '#336699' } })
  .png()
  .toBuffer();

/** A data set whose labels are one file of this text, tried by training on it. */
function trial(folder: string, layout: 'coco' | 'labelme', title: string, write: Maker): Trial {
  return {
    title: `${layout}: ${title}`,
    run: async () => {
      const here = path.join(folder, `${layout} ${title}`.replaceAll(/\W+/g, ' '));
      mkdirSync(path.join(here, 'data', 'images'), { recursive: true });
      const [images, labels] = layout === 'coco' ? ['data/images', 'data/annotations.json'] : ['data', 'data'];
      const file = writeExperiment(here, {
        source: { layout, images, labels },
        classes: [
          { name: 'sky', values: [1], colour: '#0000ff' },
          { name: '_background_', values: [0], colour: '#808080' },
        ],
        adaptation: { strategy: 'none' },
        training: { steps: 2, batch: 1, size: [32, 16], backend: 'cpu' },
      });
      writeFileSync(path.join(here, images, '0.png'), await plainPicture);
      write(path.join(here, layout === 'coco' ? labels : 'data/0.json'));
      const run = await runCli(['adapt', file]);
      if (process.env.VERBOSE)
        console.log(title, run.status, run.use, run.errors.slice(0, 300), run.output.slice(0, 100));
      return { fault: faultOf(run, { statuses: [0, 1] }), use: run.use };
    },
  };
}

export const oddLabels: Section = {
  title: 'labels of others: bombs, nonsense, pipes',
  prepare: (folder, extent) => {
    const texts = (layout: 'coco' | 'labelme', all: Readonly<Record<string, string | Buffer>>) =>
      Object.entries(all).map(([title, content]) => trial(folder, layout, title, written(content)));
    const trials = [
      ...texts('coco', cocoTexts),
      ...texts('labelme', labelmeTexts),
      trial(folder, 'coco', 'a pipe', pipe),
      trial(folder, 'labelme', 'a pipe', pipe),
      trial(folder, 'coco', 'a device', device),
    ];
    return chosen(trials, extent, 4);
  },
};
