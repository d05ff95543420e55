// Lays out what a .vsix holds in a folder of its own: what .vscodeignore lets in, and the packages of others.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { bundledFolders } from './bundled.mjs';
import { nativeFiles } from './natives.mjs';
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

/** Where the packages that stay outside the bundles lie: vsce leaves out a node_modules folder at the top. */
const outside = 'dist/node_modules';

/** Lists the files of this project that each .vsix holds: what .vscodeignore lets in. */
export const ownFiles = root => listFiles({ cwd: root, packageManager: PackageManager.None });

/**
 * Lists what a target's .vsix holds, each file with its place in it; its manifest and its notices are made when it is
 * staged.
 * @param own the files of this project, which are the same for all targets
 * @param binaries the node_modules folder that has sharp's binaries for it
 */
export function extensionFiles(root, own, name, binaries) {
  return [
    ...own.map(file => ({ from: path.join(root, file), to: file })),
    ...nativeFiles(root, name, binaries).map(({ from, to }) => ({ from, to: `${outside}/${to}` })),
  ];
}

/** Fills `stage` with a target's files, and with its manifest and its notices. */
export function stageExtension(root, stage, files) {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const { from, to } of files) cpSync(from, path.join(stage, to), { dereference: true });
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const key of developmentKeys) delete manifest[key];
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(manifest, null, 2));
  const packages = files
    .filter(({ to }) => to.startsWith(outside) && /node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(to))
    .map(({ from }) => path.dirname(from));
  writeFileSync(path.join(stage, noticesFile), noticesOf(root, [...bundledFolders(root), ...packages]));
}
