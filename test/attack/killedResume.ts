import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { contentsOf, lostFrom } from './folderContents';
import { byCli, killTrials, leftovers, said } from './killPoints';
import { runCli } from './limitedRun';
import { writeLockedMask, writePicture } from './scenes';
import type { Fault, Section } from './trial';

const resume = (folder: string) => ['segment', folder, '--resume', '--threads', '1', '--format', 'mask,overlay'];

/**
 * A run over a folder with an image that is done, one whose mask is stale, two without and one with a person's mask,
 * killed and called again: the folder is as an unhurt run leaves it.
 */
export const killedResume: Section = {
  title: 'segment --resume killed, then called again',
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(scene);
    writeLockedMask(path.join(scene, 'mine.png'), writePicture(path.join(scene, 'mine.png'), 9));
    const images = ['done', 'stale', 'new', 'other'].map(name => path.join(scene, `${name}.png`));
    for (const [seed, file] of images.entries()) writePicture(file, seed + 1);
    const [done = '', stale = ''] = images;
    for (const call of [resume(done), [...resume(stale), '--seed', '7']]) {
      const run = await runCli(call);
      if (run.status !== 0) throw new Error(said(run));
    }
    const judge = async (copy: string): Promise<Fault> => {
      const again = await runCli(resume(copy));
      if (again.status !== 0) return said(again);
      const [unhurt, now] = [contentsOf(`${scene} unhurt`), contentsOf(copy)];
      return lostFrom(unhurt, now) ?? lostFrom(now, unhurt) ?? leftovers(copy);
    };
    return killTrials(scene, { run: byCli(resume), judge, counts: { short: 4, full: 1000 } }, extent);
  },
};
