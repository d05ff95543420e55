import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readTogether } from '../../files/together';
import type { MaskStatus } from '../../mask/document/maskStatus';
import { openMask } from '../../mask/files/maskFiles';
import { defaultSettings } from '../../protocol/settings';
import { runJob } from './jobRun';
import { killTrials, leftovers, said } from './killPoints';
import { lockedName, writeLockedMask, writePicture } from './scenes';
import type { Fault, Section } from './trial';

/** Sets the status of the scene's images in a process of the server. */
function setStatus(folder: string, status: MaskStatus, env: NodeJS.ProcessEnv = {}) {
  const images = ['masked.png', 'bare.png'].map(name => ({ path: name }));
  return runJob({ kind: 'setStatus', folder, images, status, settings: defaultSettings }, env);
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
  for (const status of ['skipped', 'approved'] as const) {
    const { result, ...run } = await setStatus(folder, status);
    if (result?.refused.length !== 0) return `a later try is refused: ${result?.refused[0]?.reason ?? said(run)}`;
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
    return killTrials(
      scene,
      {
        run: (copy, env) => setStatus(copy, 'skipped', env),
        judge: copy => judge(copy, before),
        counts: { short: 4, full: 1000 },
      },
      extent,
    );
  },
};
