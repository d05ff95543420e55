// `npm run bench [-- --data DIR --runs N]`: how fast, and in how much memory, against the limits that Labelless sets
// itself. With --data it measures on the photos of a folder, otherwise on pictures made from media/sample.jpg.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { segment, typical } from './speed/commandLine.mjs';
import { largePicture, smallPictures } from './speed/pictures.mjs';
import { firstMask, previewCost, slowestAnswer, stopping } from './speed/server.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { data: { type: 'string' }, runs: { type: 'string', default: '3' } } });
const runs = Number(values.runs);
const scratch = mkdtempSync(path.join(os.tmpdir(), 'labelless-bench-'));

/** Prints one row of the table: what, how much, the limit, and their ratio. */
function row(what, value, unit, limit) {
  const digits = value < 10 ? 2 : 0;
  console.log(
    `| ${what.padEnd(52)} | ${`${value.toFixed(digits)} ${unit}`.padStart(10)} ` +
      `| ${`${limit} ${unit}`.padStart(9)} | ${(value / limit).toFixed(2).padStart(5)} |`,
  );
}

function commandLine(pictures, large) {
  for (const [backend, single, batch] of [
    ['cpu', 2.5, 1.2],
    ['wasm', 6, 4],
  ]) {
    const one = typical(runs, () => segment(root, pictures.slice(0, 1), backend, scratch));
    row(`command line, one picture, ${backend}`, one.seconds, 's', single);
    const all = typical(runs, () => segment(root, pictures, backend, scratch));
    row(`command line, a picture of a batch, ${backend}`, all.seconds / pictures.length, 's', batch);
    if (backend === 'cpu') row('peak memory of the batch', all.bytes / 1e6, 'MB', 800);
  }
  const big = segment(root, [large], 'cpu', scratch);
  row('24 megapixels, cpu', big.seconds, 's', 20);
  row('24 megapixels, cpu, peak memory', big.bytes / 1e9, 'GB', 3);
}

async function server(picture) {
  const { cold, warm } = await firstMask(root, picture);
  row('server: first mask of its first job', cold, 'ms', 3000);
  row('server: first mask', warm, 'ms', 300);
  row('server: slowest of 50 answers while a job trains', await slowestAnswer(root, picture), 'ms', 50);
  row('server: from Stop to the result', await stopping(root, picture), 'ms', 200);
  row('server: training with previews, by training without', await previewCost(root, picture, scratch), '×', 1.1);
}

/** The packaged extension in a VS Code window, as a user waits for it. */
function inWindow(pictures) {
  const run = (...args) =>
    spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...process.env, INIT_CWD: root } });
  const packaging = run('scripts/package.mjs', '--built');
  const { stdout, stderr, status } =
    packaging.status === 0 ? run('bench/bundle.mjs', 'browser/windowSpeed', ...pictures) : packaging;
  if (status !== 0) throw new Error(`The window could not be measured: ${stderr}`);
  const { cold, warm, again, activation } = JSON.parse(stdout.trim().split('\n').at(-1));
  row('window: activation', activation, 'ms', 100);
  row('window: from click to first mask, nothing running yet', cold, 'ms', 3000);
  row('window: the same on the next picture', warm, 'ms', 500);
  row('window: from Segment Again to first preview', again, 'ms', 500);
}

/** The mask editor's page, drawn in software; its limits are those of a fluent gesture. */
function page() {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['bench/bundle.mjs', 'browser/pageSpeed'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, INIT_CWD: root },
  });
  if (status !== 0) throw new Error(`The page could not be measured: ${stderr}`);
  const limits = { cut: [8, 'ms'], mask: [50, 'ms'], columns: [2, '×'], gesture: [100, 'ms'] };
  for (const [what, value] of Object.entries(JSON.parse(stdout.trim().split('\n').at(-1)))) {
    const kind = ['cut', 'mask', 'columns'].find(word => what.includes(word)) ?? 'gesture';
    row(`page: ${what}`, value, limits[kind][1], limits[kind][0]);
  }
}

function packages() {
  const folder = path.join(root, 'out', 'package');
  const made = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of made.filter(file => file.endsWith('.vsix')))
    row(name, statSync(path.join(folder, name)).size / 1e6, 'MB', 40);
}

try {
  const pictures = await smallPictures(path.join(root, 'media', 'sample.jpg'), values.data, scratch);
  console.log(
    `| ${'measured'.padEnd(52)} |      value |     limit | ratio |\n` +
      `| ${'-'.repeat(52)} | ---------: | --------: | ----: |`,
  );
  commandLine(pictures, await largePicture(pictures[0], scratch));
  await server(pictures[0]);
  page();
  inWindow(pictures.slice(0, 2));
  packages();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
