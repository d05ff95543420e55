// `npm run segment -- photo.jpg`: Labelless's command line from a fresh clone. Installs and builds when due, then runs
// `labelless segment` in the folder where the user typed. Plain Node: nothing may be installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { installIfDue } from './install.mjs';

const root = path.resolve(import.meta.dirname, '..');
const program = path.join(root, 'dist', 'cli.js');
const sources = [
  'client',
  'files',
  'mask',
  'protocol',
  'server',
  'webview',
  'weights',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
];

/**
 * The time of the last change of a file, or of a folder and everything in it, in milliseconds. A folder changes when a
 * file in it is deleted.
 */
function newest(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return place.endsWith('.test.ts') ? 0 : stat.mtimeMs;
  return readdirSync(place).reduce((latest, name) => Math.max(latest, newest(path.join(place, name))), stat.mtimeMs);
}

function buildDue() {
  const built = statSync(program, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.some(source => newest(path.join(root, source)) > built);
}

function buildIfDue() {
  if (!buildDue()) return;
  console.error('Building …');
  const build = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs'), '--no-tests'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) throw new Error('the build failed: its reason is above.');
}

function run(args) {
  const child = spawn(process.execPath, [program, 'segment', ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  process.on('SIGINT', () => {
    /* the terminal sends it to the program too, which ends in order */
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', error => {
    throw error;
  });
  child.on('exit', (status, signal) => {
    process.exitCode = signal ? 1 : status;
  });
}

try {
  installIfDue(root);
  buildIfDue();
  run(process.argv.slice(2));
} catch (error) {
  console.error(`labelless: ${error.message}`);
  process.exitCode = 1;
}
