import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { faultOf } from './clearAnswer';
import { contentsOf, lostFrom, type FolderContents } from './folderContents';
import { propose, undoRound, writeLearnedFolder } from './learnedFolder';
import { runCli } from './limitedRun';
import { chosen } from './oddFiles';
import { writeExperiment, writeLockedMask, writePicture } from './scenes';
import type { Fault, Outcome, Section, Trial } from './trial';

/** Kilobytes that are left on the disk when the command begins. */
const rooms = [0, 4, 8, 16, 32, 64, 128, 256];

/** Runs a trial on a disk of four megabytes of its own. */
async function onSmallDisk(folder: string, work: (disk: string) => Promise<Outcome>): Promise<Outcome> {
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'labelless', folder]);
  try {
    return await work(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
  }
}

/** Fills the disk but for some kilobytes. */
function fill(disk: string, kilobytes: number): string {
  const file = path.join(disk, 'filler');
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - kilobytes * 1024)));
  return file;
}

/** Finds a file of before that is gone or changed, or a temporary one that is new. */
function damage(before: FolderContents, after: FolderContents): Fault {
  const lost = lostFrom(before, after);
  if (lost !== undefined) return lost;
  const left = [...after.keys()].find(name => name.includes('.labelless-') || name.endsWith('.tmp'));
  return left === undefined ? undefined : `${left} was left behind`;
}

function segmentTrial(folder: string, kilobytes: number): Trial {
  return {
    title: `segment with ${kilobytes} kB left`,
    run: () =>
      onSmallDisk(path.join(folder, `segment ${kilobytes}`), async disk => {
        const picture = path.join(disk, 'photo.png');
        writeLockedMask(picture, writePicture(picture, 1, 48, 32));
        const filler = fill(disk, kilobytes);
        const before = contentsOf(disk);
        const run = await runCli(['segment', picture, '--format', 'mask,overlay,npy,coco,yolo,voc']);
        const isDone = run.status === 0;
        const fault =
          faultOf(run, { statuses: [0, 1], names: 'photo' }) ??
          (isDone ? undefined : (reasonMissing(run.errors) ?? damage(before, contentsOf(disk))));
        rmSync(filler);
        const again = await runCli(['segment', picture, '--format', 'mask,overlay,npy,coco,yolo,voc']);
        const stuck = again.status === 0 ? undefined : `it does not work with room again: ${again.errors.slice(-160)}`;
        return { fault: fault ?? stuck, use: run.use };
      }),
  };
}

function adaptTrial(folder: string, kilobytes: number): Trial {
  return {
    title: `adapt with ${kilobytes} kB left`,
    run: () =>
      onSmallDisk(path.join(folder, `adapt ${kilobytes}`), async disk => {
        const file = writeExperiment(disk);
        const filler = fill(disk, kilobytes);
        const before = contentsOf(disk);
        const run = await runCli(['adapt', file]);
        const fault =
          faultOf(run, { statuses: [0, 1], names: 'run' }) ??
          (run.status === 0 ? undefined : (reasonMissing(run.errors) ?? damage(before, contentsOf(disk))));
        rmSync(filler);
        let again = await runCli(['adapt', file, '--resume']);
        if (again.status !== 0) again = await runCli(['adapt', file]);
        const stuck = again.status === 0 ? undefined : `it does not work with room again: ${again.errors.slice(-160)}`;
        return { fault: fault ?? stuck, use: run.use };
      }),
  };
}

function proposeTrial(folder: string, scene: string, kilobytes: number): Trial {
  return {
    title: `a proposal with ${kilobytes} kB left`,
    run: () =>
      onSmallDisk(path.join(folder, `propose ${kilobytes}`), async disk => {
        cpSync(scene, disk, { recursive: true });
        const whole = contentsOf(disk);
        const filler = fill(disk, kilobytes);
        const before = contentsOf(disk);
        let fault: Fault;
        let made = 0;
        for (const image of ['proposed.png', 'new.png']) {
          const { result, errors } = await propose(disk, image);
          if (result && 'proposed' in result) made++;
          else {
            const reason = result && 'error' in result ? result.error : errors;
            fault ??= reasonMissing(reason) ?? (made === 0 ? damage(before, contentsOf(disk)) : undefined);
          }
        }
        rmSync(filler);
        const { result, errors, use } = await undoRound(disk);
        const isUndone = made > 0 ? result?.restored.length === made : errors.includes('no round to undo') || result;
        const stuck = isUndone ? undefined : `the round is not undone: ${JSON.stringify(result)} ${errors}`;
        return { fault: fault ?? stuck ?? damage(whole, contentsOf(disk)), use };
      }),
  };
}

function reasonMissing(errors: string): Fault {
  return /no space|disk is full/.test(errors)
    ? undefined
    : `it does not say that the disk is full: ${errors.slice(-160)}`;
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

export const fullDisk: Section = {
  title: 'a full disk',
  ...(isRoot ? {} : { impossible: 'a small disk can be mounted by root on Linux only' }),
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'learned');
    await writeLearnedFolder(scene);
    const trials = rooms.flatMap(room => [
      segmentTrial(folder, room),
      adaptTrial(folder, room),
      proposeTrial(folder, scene, room),
    ]);
    return chosen(trials, extent, 7);
  },
};

export const fullOutput: Section = {
  title: 'standard output that cannot be written',
  ...(process.platform === 'linux' ? {} : { impossible: 'only Linux has /dev/full' }),
  prepare: folder => {
    const picture = path.join(folder, 'photo.png');
    writePicture(picture);
    const calls: [title: string, shell: string, statuses: readonly number[]][] = [
      ['results to a full disk', 'segment "$0" --json > /dev/full', [1]],
      ['a full disk for help', '--help > /dev/full', [1]],
      ['a doctor to a full disk', 'doctor --json > /dev/full', [1]],
      [
        'a reader of messages that ends early',
        'segment "$0" "$0" 2>&1 >/dev/null | head -c 0; exit ${PIPESTATUS[0]}',
        [0],
      ],
    ];
    return Promise.resolve(
      calls.map(([title, shell, statuses]): Trial => ({
        title,
        run: async () => {
          const run = await runCli([], { shell, argument: picture });
          return { fault: faultOf(run, { statuses }), use: run.use };
        },
      })),
    );
  },
};
