// Lays out what a .vsix holds in a folder of its own: what .vscodeignore lets in, and the packages of others.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { bundledFolders } from './bundled.mjs';
import { copyNatives, packageFolders } from './natives.mjs';
import { noticesFile, noticesOf } from './notices.mjs';

/** The keys of package.json that are for npm and developers alone. */
const developmentKeys = [
  'private',
  'scripts',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'overrides',
];

/**
 * Fills `stage` for a target. The bundles find their packages in dist/node_modules, since vsce leaves out one at the
 * top.
 */
export async function stageExtension(root, stage, name) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const file of await listFiles({ cwd: root, packageManager: PackageManager.None }))
    cpSync(path.join(root, file), path.join(stage, file));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const key of developmentKeys) delete manifest[key];
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  const natives = path.join(stage, 'dist', 'node_modules');
  copyNatives(root, name, natives);
  writeFileSync(path.join(stage, noticesFile), noticesOf(root, [...bundledFolders(root), ...packageFolders(natives)]));
}
