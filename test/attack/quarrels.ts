import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { tryKillPoints } from '../../files/testing/killPoints';
import { stressLock } from '../../files/testing/lockStress';
import { runCli, type Run } from './limitedRun';
import { writeExperiment, writePicture } from './scenes';
import type { Extent, Fault, Section, Trial, Use } from './trial';

function together(runs: readonly Run[]): Use {
  return {
    megabytes: runs.reduce((sum, { use }) => sum + use.megabytes, 0),
    seconds: Math.max(...runs.map(({ use }) => use.seconds)),
  };
}

/** The steps of a run's log, which one process writes once each. */
function stepsOf(folder: string): number[] {
  const text = readFileSync(path.join(folder, 'run', 'log.jsonl'), 'utf8').trim();
  return text.split('\n').map(line => (JSON.parse(line) as { step: number }).step);
}

export const twoTrainings: Section = {
  title: 'two trainings begun at once in one folder',
  prepare: (folder, extent) => {
    const scene = path.join(folder, 'scene');
    writeExperiment(scene);
    return Promise.resolve(
      Array.from({ length: extent === 'full' ? 20 : 2 }, (_, index): Trial => ({
        title: `try ${index + 1}`,
        run: async () => {
          const copy = `${scene} ${index}`;
          cpSync(scene, copy, { recursive: true });
          const args = ['adapt', path.join(copy, 'street.adapt.json'), '--threads', '1'];
          const runs = await Promise.all([runCli(args), runCli(args)]);
          return { fault: judge(copy, runs), use: together(runs) };
        },
      })),
    );
  },
};

function judge(folder: string, runs: readonly Run[]): Fault {
  const statuses = runs.map(({ status }) => status).sort();
  if (statuses.join() !== '0,1') return `their exit statuses are ${statuses.join(' and ')}`;
  const steps = stepsOf(folder);
  return steps.every((step, i) => i === 0 || step > steps[i - 1]) ? undefined : `the log has the steps ${steps.join()}`;
}

export const manyExports: Section = {
  title: 'six exports at once into one list of classes',
  prepare: (folder, extent) =>
    Promise.resolve(
      Array.from({ length: extent === 'full' ? 6 : 1 }, (_, index): Trial => ({
        title: `try ${index + 1}`,
        run: async () => {
          const here = path.join(folder, String(index));
          mkdirSync(here);
          const pictures = Array.from({ length: 6 }, (_, i) => path.join(here, `${i}.png`));
          pictures.forEach((picture, i) => {
            writePicture(picture, i);
          });
          const runs = await Promise.all(pictures.map(picture => runCli(['segment', picture, '--format', 'yolo,voc'])));
          const failed = runs.find(({ status }) => status !== 0);
          if (failed) return { fault: `${failed.exceeded ?? failed.errors.slice(-160)}`, use: together(runs) };
          const lists = readdirSync(path.join(here, 'labelless.yolo', 'labels')).length;
          const isWhole =
            lists === pictures.length ? undefined : `${lists} of ${pictures.length} label files are there`;
          return { fault: isWhole, use: together(runs) };
        },
      })),
    ),
};

/** A section of one trial, which ends with the faults that it found. */
function stress(
  title: string,
  find: (folder: string, extent: Extent) => Promise<{ faults: readonly string[] }>,
): Section {
  const run = async (folder: string, extent: Extent) => {
    const start = Date.now();
    const { faults } = await find(folder, extent);
    return { fault: faults[0], use: { megabytes: 0, seconds: (Date.now() - start) / 1000 } };
  };
  return {
    title,
    prepare: (folder, extent) => Promise.resolve([{ title: 'all of it', run: () => run(folder, extent) }]),
  };
}

export const killedLockHolders = stress('processes killed while they hold or want a lock', (folder, extent) =>
  stressLock({ folder, workers: 6, kills: extent === 'full' ? 300 : 10 }),
);

export const killedReplacement = stress(
  'a pair of files replaced, killed at each call and again while it is finished',
  (folder, extent) => tryKillPoints({ folder, isThorough: extent === 'full' }),
);
