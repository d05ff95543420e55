// How fast an experiment's pictures come from disk, and in how much memory: batches of its source, and of its target
// where it has one, drawn as fast as they come. Usage: node bench/bundle.mjs streaming NAME.adapt.json [--batches N]
// [--threads N]
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { experimentSchema } from '../server/src/engine/experiment/experimentSchema';
import { openExperimentData } from '../server/src/engine/dataset/streaming/openExperimentData';

const {
  values: options,
  positionals: [file],
} = parseArgs({
  allowPositionals: true,
  options: { batches: { type: 'string', default: '1000' }, threads: { type: 'string' } },
});

async function main(file: string): Promise<void> {
  const experiment = experimentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const opening = performance.now();
  const data = await openExperimentData(experiment, path.dirname(path.resolve(file)), {
    onProblem: ({ file: bad, reason }) => {
      console.error(`${bad}: ${reason}`);
    },
    ...(options.threads !== undefined && { threads: Number(options.threads) }),
  });
  const streams = [await data.openSource(), ...(experiment.target ? [await data.openTarget()] : [])];
  console.log(`opened in ${(performance.now() - opening).toFixed(0)} ms`);
  console.log('| batches | ms a batch of each part | resident, MB | peak, MB |\n| ---: | ---: | ---: | ---: |');
  const [all, rows] = [Number(options.batches), 10];
  for (let row = 1; row <= rows; row++) {
    const start = performance.now();
    for (let n = 0; n < all / rows; n++) for (const stream of streams) await stream.next();
    const milliseconds = (performance.now() - start) / (all / rows);
    const [resident, peak] = [process.memoryUsage().rss / 1e6, process.resourceUsage().maxRSS / 1e3];
    const cells = [Math.round((row * all) / rows), milliseconds.toFixed(1), resident.toFixed(0), peak.toFixed(0)];
    console.log(`| ${cells.join(' | ')} |`);
  }
  await Promise.all(streams.map(stream => stream.close()));
}

if (file === undefined) throw new Error('NAME.adapt.json: the experiment whose pictures are drawn');
void main(file);
