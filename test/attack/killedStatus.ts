import { fork } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readTogether } from '../../files/together';
import { openMask } from '../../mask/files/maskFiles';
import type { SetStatusResult } from '../../protocol/sessionMessages';
import { defaultSettings } from '../../protocol/settings';
import type { FromWorker } from '../../server/src/jobs/jobMessages';
import { leftovers } from './killPoints';
import { lockedName, writeLockedMask, writePicture } from './scenes';
import { spread, type Fault, type Section } from './trial';

const job = path.resolve('dist', 'job.js');
const preload = path.resolve('test', 'attack', 'killAtCall.cjs');

/**
 * Sets the status of the scene's images in a process of the server.
 * @returns why images were refused; undefined where the process was killed
 */
function setStatus(folder: string, status: string, variables: NodeJS.ProcessEnv = {}): Promise<string[] | undefined> {
  const child = fork(job, {
    silent: true,
    env: { ...process.env, NODE_OPTIONS: `--require "${preload}"`, ...variables },
  });
  const images = ['masked.png', 'bare.png'].map(name => ({ path: name }));
  child.send({ type: 'run', folder, task: { kind: 'setStatus', folder, images, status, settings: defaultSettings } });
  let refused: string[] | undefined;
  child.on('message', (message: FromWorker) => {
    if (message.type === 'done')
      refused = (message.result as SetStatusResult).refused.map(({ path: image, reason }) => `${image}: ${reason}`);
    if (message.type === 'failed') refused = [message.message];
    if (refused) child.disconnect();
  });
  return new Promise(resolve => {
    child.on('exit', () => {
      resolve(refused);
    });
  });
}

/** Judges the scene after a kill, by doing again what was not done. */
async function judge(folder: string, before: Buffer): Promise<Fault> {
  const pair = ['masked.mask.png', 'masked.mask.json'].map(name => path.join(folder, name)) as [string, string];
  const [png, sidecar] = await readTogether(pair, 1e9);
  if (!png?.equals(before) || !sidecar) return 'the mask is another one, or its sidecar is gone';
  const { document, messages } = openMask(png, sidecar);
  if (messages[0] !== undefined || !document.view().labels.some(({ name }) => name === lockedName))
    return `labels are lost: ${messages.join()}`;
  // The second writes in any case, and so tidies the folder.
  for (const status of ['skipped', 'approved']) {
    const refused = await setStatus(folder, status);
    if (refused?.length !== 0) return `a later try is refused: ${refused?.join()}`;
  }
  return leftovers(folder);
}

export const killedStatus: Section = {
  title: 'the process that sets the status of images killed',
  prepare: async (folder, extent) => {
    const scene = path.join(folder, 'scene');
    mkdirSync(scene);
    writeLockedMask(path.join(scene, 'masked.png'), writePicture(path.join(scene, 'masked.png')));
    writePicture(path.join(scene, 'bare.png'), 2);
    const before = readFileSync(path.join(scene, 'masked.mask.png'));
    const unhurt = `${scene} unhurt`;
    cpSync(scene, unhurt, { recursive: true });
    const countFile = path.join(folder, 'calls');
    writeFileSync(countFile, '');
    const refused = await setStatus(unhurt, 'skipped', { LABELLESS_ATTACK_CALLS: countFile });
    if (refused?.length !== 0) throw new Error(`it does not work unhurt: ${refused?.join()}`);
    const calls = Number(readFileSync(countFile, 'utf8'));
    if (!(calls > 1)) throw new Error('no call was counted');
    const moments = Array.from({ length: calls }, (_, index) => index + 1);
    return spread(moments, extent === 'short' ? 4 : 1000).map(moment => ({
      title: `killed at call ${moment} of ${calls}`,
      run: async () => {
        const started = performance.now();
        const copy = `${scene} ${moment}`;
        cpSync(scene, copy, { recursive: true });
        await setStatus(copy, 'skipped', { LABELLESS_ATTACK_KILL_AT: String(moment) });
        const fault = await judge(copy, before);
        if (fault === undefined) rmSync(copy, { recursive: true });
        return { fault, use: { megabytes: 0, seconds: (performance.now() - started) / 1000 } };
      },
    }));
  },
};
