// Builds what packages hold, the .vsix as well as npm's, whose `prepack` this is.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { getWeights } from './package/weights.mjs';

const root = path.resolve(import.meta.dirname, '..');
getWeights(root, 'Packaging goes on');
const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--no-tests'], {
  cwd: root,
  stdio: ['ignore', 2, 2],
});
process.exitCode = status ?? 1;
