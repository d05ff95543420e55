import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { defaultSettings } from '../../protocol/settings';
import { roundOf } from '../../server/src/engine/learning/learningRounds';
import { roundExperiment } from '../../server/src/engine/learning/roundExperiment';
import {
  folderClasses,
  writeClasses,
  writeLabelledStreet,
  writeStreet,
} from '../../server/src/engine/learning/testing/labelledStreets';
import { runJob, type JobRun } from './jobRun';
import { runCli } from './limitedRun';

const settings = { ...defaultSettings, adaptation: { ...defaultSettings.adaptation, scales: [1] } };

/**
 * Writes a folder with a round that is learned: two approved masks, one that a person edited (`edited.png`), a proposal
 * of before (`proposed.png`), and an image without a mask (`new.png`).
 */
export async function writeLearnedFolder(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeClasses(folder);
  for (const seed of [1, 2]) await writeLabelledStreet(folder, `approved ${seed}`, seed, 'approved');
  await writeLabelledStreet(folder, 'edited', 3, 'edited');
  await writeLabelledStreet(folder, 'proposed', 4, 'proposed');
  await writeStreet(folder, 'new', 5);
  const { experiment: file } = roundOf(folder, 1);
  const experiment = roundExperiment({
    root: '..',
    classes: folderClasses.classes,
    labelled: 2,
    size: { width: 48, height: 32 },
    network: 'compact',
    steps: 2,
  });
  mkdirSync(path.dirname(file));
  writeFileSync(file, JSON.stringify({ ...experiment, network: { name: 'compact', channels: 4 } }));
  const run = await runCli(['adapt', file, '--threads', '1']);
  if (run.status !== 0) throw new Error(`the round cannot be learned: ${run.errors}`);
}

/** Has the round of such a folder propose a mask for an image. */
export function propose(folder: string, image: string, env: NodeJS.ProcessEnv = {}): Promise<JobRun<'proposeImage'>> {
  return runJob({ kind: 'proposeImage', folder, round: 1, image, settings }, env);
}

/** *Undo Round* in such a folder. */
export function undoRound(folder: string, env: NodeJS.ProcessEnv = {}): Promise<JobRun<'undoRound'>> {
  return runJob({ kind: 'undoRound', folder, settings }, env);
}
