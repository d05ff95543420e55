import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { chosen, makersOf } from './oddFiles';
import type { Section, Trial } from './trial';

/** Texts of experiment files that no one should wait for. */
export const oddTexts: Readonly<Record<string, string | Buffer>> = {
  '19,000 open brackets': '['.repeat(19_000),
  '19,000 open objects': '{"a":'.repeat(19_000),
  '8,000 unknown keys': JSON.stringify(Object.fromEntries(Array.from({ length: 8000 }, (_, i) => [`sourse${i}`, i]))),
  '20,000 classes': JSON.stringify({ classes: Array.from({ length: 20_000 }, (_, i) => ({ name: `class ${i}` })) }),
  'a key of a megabyte': JSON.stringify({ ['k'.repeat(1e6)]: 1 }),
  'a name of a megabyte': JSON.stringify({ source: { root: 'n'.repeat(1e6) } }),
  '20 megabytes of blanks': ' '.repeat(2e7),
  '100,000 commas': `{${','.repeat(100_000)}}`,
  'one key 20,000 times': `{${'"source": {}, '.repeat(20_000)} "target": {}}`,
  'a number without an end': `{"training": {"steps": ${'9'.repeat(100_000)}}}`,
  'bytes that are no text': Buffer.from(Uint8Array.from({ length: 3000 }, (_, i) => (i * 97) % 256)),
  'UTF-16': Buffer.from('\uFEFF{}', 'utf16le'),
  nothing: '',
  null: 'null',
  'a prototype': '{"__proto__": {"source": 1}, "constructor": {"prototype": 2}}',
};

export const oddExperiments: Section = {
  title: 'experiment files: bombs, nonsense, pipes',
  prepare: (folder, extent) => {
    const trials = makersOf(oddTexts).map(([title, make], index): Trial => ({
      title,
      run: async () => {
        const here = path.join(folder, String(index));
        mkdirSync(here);
        make(path.join(here, 'odd.adapt.json'));
        const run = await runCli(['adapt', path.join(here, 'odd.adapt.json')]);
        return { fault: faultOf(run, { statuses: [1, 2], names: 'odd.adapt.json' }), use: run.use };
      },
    }));
    return chosen(trials, extent, 4);
  },
};
