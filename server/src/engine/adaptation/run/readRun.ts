import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { runFiles } from '../../experiment/trainingRunMark';
import { describeRunFrom, describeRun } from './describeRun';
import { predictionsIn } from './predictions';
import { readRunClasses, readRunExperiment } from './runFolder';
import { readLog } from './runLog';
import type { TrainingRunContents, TrainingRun } from '../../../../../protocol/trainingRun';

/** Reads the content of a run's folder. @throws Error for a folder that holds no run, or one that is damaged */
export async function readRun(folder: string): Promise<TrainingRunContents> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (!experiment || !classes) throw new Error(`${folder} holds no run`);
  const points = await readLog(folder);
  const run = await describeRunFrom(folder, experiment, points);
  return { run, classes, points, predictions: await predictionsIn(folder), experiment };
}

/** How deep below the given folders, and in how many folders, runs are searched for. */
const [deepest, most] = [6, 5000];

/**
 * Finds the runs in and below folders, those changed last first. Hidden folders and those of installed packages are
 * left out.
 */
export async function listRuns(folders: readonly string[]): Promise<TrainingRun[]> {
  const found = new Map<string, TrainingRun>();
  let visited = 0;
  const visit = async (folder: string, depth: number): Promise<void> => {
    if (++visited > most || found.has(folder)) return;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const has = (wanted: string) => entries.some(({ name }) => name === wanted);
    if (has(runFiles.classes) && has(runFiles.config)) {
      const run = await describeRun(folder).catch(() => undefined);
      if (run) {
        found.set(folder, run);
        return;
      }
    }
    if (depth === deepest) return;
    const below = entries.filter(
      entry => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules',
    );
    for (const { name } of below) await visit(path.join(folder, name), depth + 1);
  };
  for (const folder of folders) await visit(path.resolve(folder), 0);
  return [...found.values()].sort((a, b) => (b.changed ?? 0) - (a.changed ?? 0));
}
