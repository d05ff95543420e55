import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { contentsOf } from './folderContents';
import { said } from './killPoints';
import { runCli } from './limitedRun';
import { chosen, makersOf } from './oddFiles';
import { writePicture } from './scenes';
import type { Section, Trial } from './trial';

/** Sidecars that a run finds beside a sound mask, made of the text of a sound one. */
function broken(text: string): Readonly<Record<string, string | Uint8Array>> {
  const edited = text.replace('"status": "proposed"', '"status": "edited"');
  return {
    empty: '',
    'no JSON': 'labelless',
    'cut off in its first lines': text.slice(0, 90),
    'cut off, proposed': text.slice(0, -40),
    'cut off, edited': edited.slice(0, -40),
    'full of zeros': Buffer.alloc(text.length),
    'of a later version': text.replace('"version": 1', '"version": 99'),
    'nested without end': `{"labelless":${'['.repeat(200_000)}`,
    'a request of another kind': text.replace(/"request": \{[^}]*\}/, '"request": {"settings": [1], "formats": "all"}'),
    'a request with a thousand formats': text.replace(
      /"formats": \[[^\]]*\]/,
      `"formats": ["${'x","'.repeat(1000)}x"]`,
    ),
    'of another picture': text.replace(/("image": \{[^}]*"sha256": ")[0-9a-f]{64}/, `$1${'0'.repeat(64)}`),
    'with a status that there is not': text.replace('"status": "proposed"', '"status": "done"'),
  };
}

/** A broken sidecar is no work of a person that a run may lose, nor a reason to end: mask or copy stay. */
export const oddSidecars: Section = {
  title: 'segment --resume beside broken sidecars',
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(scene);
    writePicture(path.join(scene, 'photo.png'));
    const first = await runCli(['segment', scene, '--resume']);
    if (first.status !== 0) throw new Error(said(first));
    const text = readFileSync(path.join(scene, 'photo.mask.json'), 'utf8');
    const png = readFileSync(path.join(scene, 'photo.mask.png'));
    const trials = makersOf(broken(text)).map(([title, make], index): Trial => {
      const here = path.join(folder, String(index));
      return {
        title,
        run: async () => {
          mkdirSync(here);
          for (const name of ['photo.png', 'other.png']) writePicture(path.join(here, name));
          const copied = await runCli(['segment', path.join(here, 'photo.png')]);
          rmSync(path.join(here, 'photo.mask.json'));
          make(path.join(here, 'photo.mask.json'));
          const run = await runCli(['segment', here, '--resume']);
          const status = await runCli(['status', here]);
          const isLost = ![...contentsOf(here).values()].includes(png.toString('base64'));
          const isMissed = !contentsOf(here).has('other.mask.png');
          const fault =
            (copied.status === 0 ? undefined : said(copied)) ??
            faultOf(run, { statuses: [0, 1], names: 'photo.png' }) ??
            faultOf(status, { statuses: [0, 1], names: 'photo.png' }) ??
            (isLost ? 'the mask is lost' : isMissed ? 'the other image has no mask' : undefined);
          return { fault, use: run.use };
        },
      };
    });
    return chosen(trials, extent, 4);
  },
};
