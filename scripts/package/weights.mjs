// The pretrained encoder, which packages and tests go without where it cannot be had.
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * Gets the pretrained encoder into weights/ where it is missing. Where that fails, the reason is told, and `without`:
 * what goes on without it.
 */
export function getWeights(root, without, args = []) {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'weights.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) console.error(`${without} without it.`);
}
