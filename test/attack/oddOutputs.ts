import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { runCli } from './limitedRun';
import { chosen, device, pipe, written, type Maker } from './oddFiles';
import { writeExperiment, writePicture } from './scenes';
import type { Section, Trial } from './trial';

/** What is in the way where an output would be written. */
const obstacles: Readonly<Record<string, Maker>> = {
  'a pipe': pipe,
  'a device': device,
  'a folder': file => {
    mkdirSync(file);
  },
  'a link in a circle': file => {
    symlinkSync(path.basename(file), file);
  },
  'a file of the user': written('mine'),
};

const formats = ['mask', 'overlay', 'npy', 'coco', 'labelme'] as const;
const endings: Readonly<Record<(typeof formats)[number], string>> = {
  mask: '.mask.png',
  overlay: '.overlay.png',
  npy: '.mask.npy',
  coco: '.coco.json',
  labelme: '.json',
};

/** Outputs of `segment` whose place is taken by what Labelless did not write. */
function segmentTrials(folder: string): Trial[] {
  return formats.flatMap(format =>
    Object.entries(obstacles).map(([what, put]): Trial => ({
      title: `${what} in place of photo${endings[format]}`,
      run: async () => {
        const here = path.join(folder, `${format} ${what}`);
        mkdirSync(here);
        const obstacle = path.join(here, `photo${endings[format]}`);
        writePicture(path.join(here, 'photo.png'));
        put(obstacle);
        const before = lstatSync(obstacle);
        const run = await runCli(['segment', path.join(here, 'photo.png'), '--format', format]);
        const after = lstatSync(obstacle);
        const isMoved = after.ino !== before.ino || after.mode !== before.mode || after.size !== before.size;
        const fault = isMoved ? 'what was in the way is gone or changed' : undefined;
        return { fault: faultOf(run, { statuses: [1], names: 'photo' }) ?? fault, use: run.use };
      },
    })),
  );
}

/** Files of a run's folder that are not the run's. */
function adaptTrials(folder: string): Trial[] {
  return ['state.json', 'log.jsonl', 'checkpoints', 'control'].flatMap(name =>
    Object.entries(obstacles).map(([what, put]): Trial => ({
      title: `${what} in place of run/${name}`,
      run: async () => {
        const here = path.join(folder, `${name} ${what}`);
        mkdirSync(path.join(here, 'run'), { recursive: true });
        const obstacle = path.join(here, 'run', name);
        put(obstacle);
        const before = lstatSync(obstacle);
        const run = await runCli(['adapt', writeExperiment(here), '--threads', '1']);
        const isKept = lstatSync(obstacle).ino === before.ino;
        const isOurs = what === 'a folder' && name === 'checkpoints'; // an empty folder is nobody's work
        const fault = isKept ? undefined : 'what was in the way is gone';
        return { fault: faultOf(run, { statuses: isOurs ? [0, 1] : [1], names: name }) ?? fault, use: run.use };
      },
    })),
  );
}

export const oddOutputs: Section = {
  title: 'outputs whose place is taken',
  prepare: (folder, extent) => {
    const trials = [...segmentTrials(folder), ...adaptTrials(folder)];
    return chosen(trials, extent, 4);
  },
};
