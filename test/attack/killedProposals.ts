import path from 'node:path';
import { contentsOf, lostFrom, type FolderContents } from './folderContents';
import { killTrials, leftovers, said, type Victim } from './killPoints';
import { propose, undoRound, writeLearnedFolder } from './learnedFolder';
import type { Fault, Section } from './trial';

const images = ['proposed.png', 'new.png'];

/** Judges a folder in which proposals, or their undoing, were cut off: the round is undone, made again and undone. */
async function judge(folder: string, before: FolderContents): Promise<Fault> {
  const undone = await undoRound(folder);
  if (undone.status !== 0 && !undone.errors.includes('there is no round to undo')) return said(undone);
  const isAsBefore = () => lostFrom(before, contentsOf(folder)) ?? lostFrom(contentsOf(folder), before);
  const changed = isAsBefore();
  if (changed !== undefined) return `after Undo Round ${changed}`;
  for (const image of images) {
    const { result, ...run } = await propose(folder, image);
    if (!result || !('proposed' in result)) return `no proposal any more: ${said(run)} ${JSON.stringify(result)}`;
  }
  const { result } = await undoRound(folder);
  if (result?.restored.length !== images.length) return `the round cannot be undone: ${JSON.stringify(result)}`;
  return isAsBefore() ?? leftovers(folder);
}

/** Kills a process in copies of a learned folder. @param begin what is done in the folder before it is copied */
function killedInRound(title: string, run: Victim['run'], begin?: typeof proposeAll): Section {
  return {
    title,
    prepare: async (folder, extent) => {
      const scene = path.join(folder, 'scene');
      await writeLearnedFolder(scene);
      const before = contentsOf(scene);
      await begin?.(scene);
      return killTrials(scene, { run, judge: copy => judge(copy, before), counts: { short: 3, full: 1000 } }, extent);
    },
  };
}

async function proposeAll(folder: string): Promise<void> {
  for (const image of images) await propose(folder, image);
}

export const killedProposals = killedInRound('the process that writes a proposal killed', (copy, env) =>
  propose(copy, 'proposed.png', env),
);

export const killedUndo = killedInRound('the process that undoes a round killed', undoRound, proposeAll);
