// `npm run bench:quality -- --data DIR [--method NAME,…] [--baseline NAME] [--limit N] [--iterations N] [--threads N]
// [--output FILE]`
//
// Quality and time of the methods on a folder with images/ID.jpg and truth/ID.0.png, ID.1.png, …: the published ones
// with all their iterations take minutes a photo; --iterations runs fewer and estimates the time of all. Goes on where
// it was interrupted.
import { parseArgs } from 'node:util';
import { defaultSettings, settingsSchema } from '../protocol/settings';
import { cutting } from './quality/comparedMethods';
import { listPhotos } from './quality/photos';
import { runQuality } from './quality/qualityRun';
import { variants } from './quality/comparedMethods';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      limit: { type: 'string', default: '100000' },
      method: { type: 'string', default: Object.keys(variants).join() },
      baseline: { type: 'string', default: 'colour' },
      iterations: { type: 'string' },
      threads: { type: 'string', default: '1' },
      output: { type: 'string', default: 'out/quality/results.jsonl' },
    },
  });
  if (!values.data) throw new Error('--data DIR: a folder with images/ID.jpg and truth/ID.0.png, ID.1.png, …');
  const { superpixel, continuity } = defaultSettings;
  const fewer = values.iterations === undefined ? {} : { iterations: Number(values.iterations) };
  const settings = settingsSchema.parse({
    superpixel: { ...superpixel, ...fewer },
    continuity: { ...continuity, ...fewer },
    limits: { threads: Number(values.threads) },
  });
  const methods = values.method.split(',').map(name => {
    if (!Object.hasOwn(variants, name))
      throw new Error(`--method ${name}: there is ${Object.keys(variants).join(', ')}`);
    return cutting(name, photo => variants[name]!(photo, settings));
  });
  await runQuality(
    methods,
    { photos: await listPhotos(values.data, Number(values.limit)), file: values.output, baseline: values.baseline },
    settings,
  );
}

void main();
