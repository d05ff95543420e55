import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { classesText, writeClassedMask } from '../../server/src/engine/classes/testing/classedFolder';
import { byCli, killTrials, leftovers, said } from './killPoints';
import { runCli } from './limitedRun';
import type { Fault, Section } from './trial';

const masks = ['a', path.join('deep', 'b')];
const merge = (folder: string) => ['classes', 'merge', folder, 'car', 'road'];

/** Judges a copy after the kill: what was begun is finished, or can be done again. */
async function judge(folder: string): Promise<Fault> {
  const again = await runCli(merge(folder));
  const isDone = again.errors.includes('there is no class ‘car’');
  if (again.status !== 0 && !isDone) return said(again);
  const files = ['labelless.classes.json', ...masks.map(stem => `${stem}.mask.json`)];
  const left = files.filter(file => readFileSync(path.join(folder, file), 'utf8').includes('"car"'));
  if (left.length > 0) return `the class is still in ${left.join(', ')}`;
  const undone = await runCli(['classes', 'undo', folder]);
  return undone.status === 0 ? leftovers(folder) : said(undone);
}

export const killedClassChange: Section = {
  title: 'a change of a class killed: in all masks or in none',
  prepare: (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(path.join(scene, 'deep'), { recursive: true });
    writeFileSync(path.join(scene, 'labelless.classes.json'), classesText);
    for (const stem of masks) writeClassedMask(path.join(scene, `${stem}.png`), [1, 4]);
    return killTrials(scene, { run: byCli(merge), judge, counts: { short: 4, full: 1000 } }, extent);
  },
};
