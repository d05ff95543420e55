// Packages the extension: `npm run package -- [--target linux-x64 | --all]`, by default for this machine's platform, or
// what goes to npm: `npm run package -- --npm`. The results are out/package/labelless-TARGET.vsix and
// out/package/labelless-VERSION.tgz. --built takes the bundles in dist/ as they are;
// --list prints what the .vsix of each target would hold, as JSON, and makes none.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { npm } from './npm.mjs';
import { fetchBinaries } from './package/natives.mjs';
import { extensionFiles, ownFiles, stageExtension } from './package/stage.mjs';
import { stageNpm } from './package/stageNpm.mjs';
import { hostTarget, npmLimit, targets } from './package/targets.mjs';
import { getWeights } from './package/weights.mjs';

const root = path.resolve(import.meta.dirname, '..');
const folder = path.join(root, 'out', 'package');
const { values } = parseArgs({
  options: {
    target: { type: 'string', default: hostTarget() },
    all: { type: 'boolean' },
    npm: { type: 'boolean' },
    built: { type: 'boolean' },
    list: { type: 'boolean' },
  },
});
// This machine's comes last: tests take the package that was made last.
const all = [...Object.keys(targets).filter(name => name !== hostTarget()), hostTarget()];
const names = values.npm ? [] : values.all ? all : [values.target];
const unknown = names.find(name => !targets[name]);
if (unknown !== undefined) {
  console.error(`There is no target ${unknown}. Targets: ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}

/** Builds what packages hold, with the pretrained encoder where it can be had. */
function build() {
  getWeights(root, 'Packaging goes on');
  const script = path.join(root, 'scripts', 'build.mjs');
  const { status } = spawnSync(process.execPath, [script, '--no-tests'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}

function packageExtension(name, files) {
  const stage = path.join(folder, name);
  const file = path.join(folder, `labelless-${name}.vsix`);
  stageExtension(root, stage, files);
  const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--target', name, '--no-dependencies', '--out', file];
  finish(spawnSync(process.execPath, [vsce, ...args], { cwd: stage, encoding: 'utf8' }), file, targets[name].limit);
}

function packageNpm() {
  const stage = path.join(folder, 'npm');
  stageNpm(root, stage);
  const { version } = JSON.parse(readFileSync(path.join(stage, 'package.json'), 'utf8'));
  const packed = npm(['pack', '--pack-destination', folder], { cwd: stage, encoding: 'utf8' });
  finish(packed, path.join(folder, `labelless-${version}.tgz`), npmLimit);
}

/** Ends the program where a packager failed, or its package is too large; reports the package otherwise. */
function finish({ status, stdout, stderr }, file, limit) {
  if (status !== 0) {
    console.error(stdout + stderr);
    process.exit(1);
  }
  const megabytes = statSync(file).size / 1e6;
  const name = path.relative(root, file);
  console.log(`  ${name}: ${megabytes.toFixed(1)} MB, at most ${limit}`);
  if (megabytes > limit) throw new Error(`${name} is larger than its limit: scripts/package/targets.mjs`);
}

if (!values.built) build();
if (names.length > 0) {
  const [own, binaries] = [await ownFiles(root), fetchBinaries(root, names)];
  const lists = new Map(names.map(name => [name, extensionFiles(root, own, name, binaries(name))]));
  if (values.list) console.log(JSON.stringify(Object.fromEntries(lists)));
  else for (const [name, files] of lists) packageExtension(name, files);
}
if (values.npm) packageNpm();
