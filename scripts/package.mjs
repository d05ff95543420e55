// Packages the extension: `npm run package -- [--target linux-x64 | --all]`, by default for this machine's platform.
// The result is out/package/labelless-TARGET.vsix. --built takes the bundles in dist/ as they are.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stageExtension } from './package/stage.mjs';
import { hostTarget, targets } from './package/targets.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { target: { type: 'string', default: hostTarget() }, all: { type: 'boolean' }, built: { type: 'boolean' } },
});
// This machine's comes last: tests take the package that was made last.
const all = [...Object.keys(targets).filter(name => name !== hostTarget()), hostTarget()];
const names = values.all ? all : [values.target];
const unknown = names.find(name => !targets[name]);
if (unknown !== undefined) {
  console.error(`There is no target ${unknown}. Targets: ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}

function run(args, cwd, stdio = 'pipe') {
  const child = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', stdio, stdio], encoding: 'utf8' });
  if (child.status === 0) return;
  if (stdio === 'pipe') console.error(child.stdout + child.stderr);
  process.exit(1);
}

async function packageFor(name) {
  const stage = path.join(root, 'out', 'package', name);
  const file = path.join(root, 'out', 'package', `labelless-${name}.vsix`);
  await stageExtension(root, stage, name);
  run(
    [
      path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
      'package',
      '--target',
      name,
      '--no-dependencies',
      '--allow-missing-repository',
      '--no-rewrite-relative-links',
      '--out',
      file,
    ],
    stage,
  );
  const megabytes = statSync(file).size / 1e6;
  const { limit } = targets[name];
  console.log(`  ${path.relative(root, file)}: ${megabytes.toFixed(1)} MB, at most ${limit}`);
  if (megabytes > limit) throw new Error(`${name}: the package is larger than its limit: scripts/package/targets.mjs`);
}

if (!values.built) run([path.join(root, 'scripts', 'prepack.mjs')], root, 'inherit');
for (const name of names) await packageFor(name);
