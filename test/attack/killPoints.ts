import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openMask } from '../../mask/files/maskFiles';
import { runCli, type Run } from './limitedRun';
import { lockedName, writeExperiment, writeLockedMask, writePicture } from './scenes';
import { spread, type Extent, type Fault, type Section, type Trial } from './trial';

const preload = path.resolve('test', 'attack', 'killAtCall.cjs');
const withPreload = (variables: NodeJS.ProcessEnv) => ({ NODE_OPTIONS: `--require "${preload}"`, ...variables });

/** A program whose every moment of writing is tried. */
export interface Victim {
  /** Runs it in a copy of the scene, with the variables that count its calls or kill it. */
  readonly run: (folder: string, env: NodeJS.ProcessEnv) => Promise<Run>;
  /** Judges the copy after the kill, by what a user would do next. */
  readonly judge: (folder: string) => Promise<Fault>;
  /** The number of moments that are tried. */
  readonly counts: Readonly<Record<Extent, number>>;
}

/** Runs the command line in a copy of a scene. */
export const byCli =
  (args: (folder: string) => readonly string[]): Victim['run'] =>
  (folder, env) =>
    runCli(args(folder), { env });

/** Kills a program before each of its calls that change the disk, each time in a fresh copy of the scene. */
export async function killTrials(
  scene: string,
  { run: start, judge, counts }: Victim,
  extent: Extent,
): Promise<Trial[]> {
  const unhurt = `${scene} unhurt`;
  cpSync(scene, unhurt, { recursive: true });
  const countFile = `${unhurt} calls`;
  const whole = await start(unhurt, withPreload({ LABELLESS_ATTACK_CALLS: countFile }));
  if (whole.status !== 0) throw new Error(`it does not work unhurt: ${whole.errors}`);
  const calls = Number(readFileSync(countFile, 'utf8'));
  if (!(calls > 1)) throw new Error('no call was counted');
  rmSync(countFile);
  const moments = Array.from({ length: calls }, (_, index) => index + 1);
  return spread(moments, counts[extent]).map(moment => ({
    title: `killed at call ${moment} of ${calls}`,
    run: async () => {
      const copy = `${scene} ${moment}`;
      cpSync(scene, copy, { recursive: true });
      const run = await start(copy, withPreload({ LABELLESS_ATTACK_KILL_AT: String(moment) }));
      // Threads share the order of some calls, so that a run may end before its last moments.
      const fault = run.signal === 'SIGKILL' || run.status === 0 ? await judge(copy) : said(run);
      if (fault === undefined) rmSync(copy, { recursive: true });
      return { fault, use: run.use };
    },
  }));
}

export function said({ status, errors }: Run): string {
  return `exit status ${status}: ${errors.trim().slice(-160)}`;
}

/** Files that only a run in progress may have. */
export function leftovers(folder: string): Fault {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(name =>
    /\.labelless-|\.tmp$/.test(name),
  );
  return found === undefined ? undefined : `${found} was left behind`;
}

/** Finds whether the locked label is as it was: its name, its lock and its pixels. */
function lockedLabelLost(folder: string): Fault {
  const [png, sidecar] = ['photo.mask.png', 'photo.mask.json'].map(name => path.join(folder, name));
  if (!existsSync(png) || !existsSync(sidecar)) return 'mask or sidecar are missing';
  const { document, messages } = openMask(readFileSync(png), readFileSync(sidecar, 'utf8'));
  const label = document.view().labels.find(({ name }) => name === lockedName);
  if (!label?.locked) return `the locked label is lost${messages.length > 0 ? `: ${messages[0]}` : ''}`;
  const area = (document.width / 2) * document.height;
  return label.area === area ? undefined : `the locked label has ${label.area} pixels and not ${area}`;
}

const segmentVictim: Victim = {
  run: byCli(folder => ['segment', path.join(folder, 'photo.png')]),
  judge: async folder => {
    const again = await runCli(['segment', path.join(folder, 'photo.png')]);
    return again.status === 0 ? (lockedLabelLost(folder) ?? leftovers(folder)) : said(again);
  },
  counts: { short: 6, full: 1000 },
};

export const killedSegment: Section = {
  title: 'segment killed while it replaces a locked mask',
  prepare: (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(scene);
    writeLockedMask(path.join(scene, 'photo.png'), writePicture(path.join(scene, 'photo.png')));
    return killTrials(scene, segmentVictim, extent);
  },
};

const formats = 'mask,overlay,npy,classes,coco,labelme,voc,yolo';

export const killedExport: Section = {
  title: 'segment killed while it writes all formats',
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(scene);
    const picture = path.join(scene, 'photo.png');
    writeLockedMask(picture, writePicture(picture));
    writePicture(path.join(scene, 'before.png'), 2);
    const first = await runCli(['segment', path.join(scene, 'before.png'), '--format', formats]);
    if (first.status !== 0) throw new Error(said(first));
    const args = (of: string) => ['segment', path.join(of, 'photo.png'), '--format', formats];
    const list = readFileSync(path.join(scene, 'labelless.yolo', 'data.yaml'), 'utf8');
    const judge = async (copy: string): Promise<Fault> => {
      const again = await runCli(args(copy));
      if (again.status !== 0) return said(again);
      const classes = (text: string) => /^names:[\s\S]*/m.exec(text)?.[0].trim() ?? '';
      const after = readFileSync(path.join(copy, 'labelless.yolo', 'data.yaml'), 'utf8');
      if (!classes(after).startsWith(classes(list))) return 'the class numbers of an earlier export have changed';
      return lockedLabelLost(copy) ?? leftovers(copy);
    };
    return killTrials(scene, { run: byCli(args), judge, counts: { short: 4, full: 60 } }, extent);
  },
};

/** The steps and losses of a run's log, without what differs from run to run. */
function lossesOf(folder: string): string {
  const lines = readFileSync(path.join(folder, 'run', 'log.jsonl'), 'utf8')
    .trim()
    .split('\n');
  return JSON.stringify(
    lines.map(line => {
      const { step, losses } = JSON.parse(line) as { step: number; losses: unknown };
      return [step, losses];
    }),
  );
}

const adapt = (folder: string, ...more: string[]) => [
  'adapt',
  path.join(folder, 'street.adapt.json'),
  '--threads',
  '1',
  ...more,
];

export const killedTraining: Section = {
  title: 'adapt killed, then resumed or begun again',
  prepare: (folder, extent) => {
    const scene = path.join(folder, 'scene');
    writeExperiment(scene);
    const judge = async (copy: string): Promise<Fault> => {
      let again = await runCli(adapt(copy, '--resume'));
      if (again.status !== 0) again = await runCli(adapt(copy)); // nothing had been saved yet
      if (again.status !== 0) return said(again);
      const isSame = lossesOf(copy) === lossesOf(`${scene} unhurt`);
      return isSame ? leftovers(copy) : 'its losses are not those of an unhurt run';
    };
    return killTrials(scene, { run: byCli(of => adapt(of)), judge, counts: { short: 4, full: 60 } }, extent);
  },
};

export const killedReplace: Section = {
  title: 'adapt --replace killed: the old model or the new one works',
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'scene');
    writeExperiment(scene);
    const first = await runCli(adapt(scene));
    if (first.status !== 0) throw new Error(said(first));
    writeFileSync(path.join(scene, 'run', 'notes.txt'), 'mine');
    const judge = async (copy: string): Promise<Fault> => {
      const resumed = await runCli(adapt(copy, '--resume'));
      const photo = path.join(copy, 'photos', '0.png');
      const used = await runCli(['segment', photo, '--checkpoint', path.join(copy, 'run')]);
      if (used.status !== 0) return `neither model works (${said(resumed)}; ${said(used)})`;
      if (!existsSync(path.join(copy, 'run', 'notes.txt'))) return 'a file of the user is gone';
      return leftovers(copy);
    };
    const run = byCli(of => adapt(of, '--replace'));
    return killTrials(scene, { run, judge, counts: { short: 4, full: 60 } }, extent);
  },
};
