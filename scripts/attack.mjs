// `npm run attack`: sets up, builds, and tries the built program with everything in test/attack. Arguments are passed
// on: `npm run attack -- --grep disk` tries some, `--short` those that `npm test` tries.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { installIfDue } from './install.mjs';

process.chdir(path.resolve(import.meta.dirname, '..'));
installIfDue(process.cwd());
const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
process.exit(run('scripts/build.mjs') || run('out/test/test/attack/main.js', ...process.argv.slice(2)));
