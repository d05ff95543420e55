// Packages the extension for one platform: `npm run package -- [--target linux-x64]`, by default this machine's.
// The result is out/package/labelless-TARGET.vsix. --built takes the bundles in dist/ as they are.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stageExtension } from './package/stage.mjs';
import { hostTarget, targets } from './package/targets.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { target: { type: 'string', default: hostTarget() }, built: { type: 'boolean' } },
});
const target = targets[values.target];
if (!target) {
  console.error(`There is no target ${values.target}. Targets: ${Object.keys(targets).join(', ')}.`);
  process.exit(2);
}

function run(args, cwd, stdio = 'pipe') {
  const child = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', stdio, stdio], encoding: 'utf8' });
  if (child.status === 0) return;
  if (stdio === 'pipe') console.error(child.stdout + child.stderr);
  process.exit(1);
}

if (!values.built) run([path.join(root, 'scripts', 'prepack.mjs')], root, 'inherit');
const stage = path.join(root, 'out', 'package', values.target);
const file = path.join(root, 'out', 'package', `labelless-${values.target}.vsix`);
stageExtension(root, stage, target, values.target);
const vsce = path.join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
run(
  [
    vsce,
    'package',
    '--target',
    values.target,
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    file,
  ],
  stage,
);
console.log(`  ${path.relative(root, file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
