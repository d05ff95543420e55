import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describeRunFrom, describeRun } from './describeRun';
import { readRunClasses, readRunExperiment, readLog } from './runFolder';
import type { TrainingRunContents, PredictionFile, TrainingRun } from '../../../../../protocol/trainingRun';

/** Reads the content of a run's folder. @throws Error for a folder that holds no run, or one that is damaged */
export async function readRun(folder: string): Promise<TrainingRunContents> {
  const [experiment, classes] = [await readRunExperiment(folder), await readRunClasses(folder)];
  if (!experiment || !classes) throw new Error(`${folder} holds no run`);
  const points = await readLog(folder);
  const run = await describeRunFrom(folder, experiment.training.steps, points);
  return { run, classes, points, predictions: await predictionsIn(folder), experiment };
}

const predictionName = /^step-(\d{6,})\.png$/;

/** Lists the predictions of target pictures in a run's folder, by picture, then by step. */
export async function predictionsIn(folder: string): Promise<PredictionFile[]> {
  const root = path.join(folder, 'predictions');
  const found: PredictionFile[] = [];
  for (const picture of (await readdir(root).catch(() => [])).sort()) {
    const names = await readdir(path.join(root, picture)).catch(() => []);
    const steps = names
      .flatMap(name => predictionName.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
    found.push(
      ...steps.map(step => ({
        picture,
        step,
        file: path.join(root, picture, `step-${String(step).padStart(6, '0')}.png`),
      })),
    );
  }
  return found;
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
    if (entries.some(({ name }) => name === 'classes.json') && entries.some(({ name }) => name === 'config.json')) {
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
