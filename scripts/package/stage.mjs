// Lays out what a .vsix holds in a folder of its own, so that only what is named here ships.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundledFolders } from './bundled.mjs';
import { copyNatives, packageFolders } from './natives.mjs';
import { noticesFile, noticesOf } from './notices.mjs';

const documents = [
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'package.nls.json',
  'package.nls.de.json',
  'package.nls.ja.json',
];
const folders = ['l10n', 'media', 'schemas'];
/** The keys of package.json that are for npm and developers alone. */
const developmentKeys = [
  'private',
  'scripts',
  'dependencies',
  'devDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bin',
  'files',
  'overrides',
];

/**
 * Fills `stage` for a target. The bundles find their packages in dist/node_modules, since vsce leaves out one at the
 * top.
 */
export function stageExtension(root, stage, target, name) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const entry of [...documents, ...folders].filter(entry => existsSync(path.join(root, entry)))) {
    cpSync(path.join(root, entry), path.join(stage, entry), { recursive: true });
  }
  cpSync(path.join(root, 'dist'), path.join(stage, 'dist'), {
    recursive: true,
    filter: file => !file.endsWith('.map') && path.basename(file) !== noticesFile, // it has its own, of more packages
  });
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const key of developmentKeys) delete manifest[key];
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  const natives = path.join(stage, 'dist', 'node_modules');
  copyNatives(root, target, name, natives);
  writeFileSync(path.join(stage, noticesFile), noticesOf(root, [...bundledFolders(root), ...packageFolders(natives)]));
}
