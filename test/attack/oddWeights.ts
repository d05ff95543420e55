import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { chosen, makersOf } from './oddFiles';
import { writeExperiment } from './scenes';
import type { Section, Trial } from './trial';

/** Writes safetensors of a header and zeros. */
function tensors(header: unknown, bytes = 64, length?: bigint): Buffer {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(length ?? BigInt(json.length));
  return Buffer.concat([start, json, Buffer.alloc(bytes)]);
}
const entry = (shape: number[], end: number, start = 0, dtype = 'F32') => ({
  dtype,
  shape,
  data_offsets: [start, end],
});
const overlapping = Object.fromEntries(
  Array.from({ length: 1000 }, (_, i) => [`t${i}`, entry([2_000_000], 8_000_000)]),
);
const notANumber = () => {
  const file = tensors({ weight: entry([4], 16) }, 16);
  file.writeFloatLE(NaN, file.length - 4);
  return file;
};

const oddWeightFiles: Readonly<Record<string, Buffer>> = {
  '1,000 tensors over the same 8 MB': tensors(overlapping, 8_000_000),
  'a header longer than the file': tensors({}, 64, 2n ** 60n),
  'a header of brackets': tensors('['.repeat(50_000)),
  'a tensor beyond the end': tensors({ weight: entry([1000], 4000) }),
  'a tensor that ends before it begins': tensors({ weight: entry([4], 0, 16) }),
  'a shape of many sizes': tensors({ weight: entry([65536, 65536, 65536], 64) }),
  'weights that are not numbers': notANumber(),
  'a type that does not exist': tensors({ weight: entry([4], 16, 0, 'Q7') }),
  'no bytes': Buffer.alloc(0),
  'weights of another network': tensors({ 'conv1.weight': entry([4, 1, 2, 2], 64) }),
  'a pickled file': Buffer.from('\x80\x02}q\x00.', 'latin1'),
};

export const oddWeights: Section = {
  title: 'pretrained weights: overlaps, bombs, pipes',
  prepare: (folder, extent) => {
    const trials = makersOf(oddWeightFiles).map(([title, make], index): Trial => ({
      title,
      run: async () => {
        const here = path.join(folder, String(index));
        mkdirSync(here);
        const file = writeExperiment(here, { network: { channels: 4, pretrained: 'odd.safetensors' } });
        make(path.join(here, 'odd.safetensors'));
        const run = await runCli(['adapt', file]);
        return { fault: faultOf(run, { statuses: [1, 2], names: 'odd.safetensors' }), use: run.use };
      },
    }));
    return chosen(trials, extent, 3);
  },
};
