// The packages whose code is in the bundles, as esbuild tells them: what the notices of a package have to name.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const file = path.join('out', 'bundled.json');

/** Remembers the folders, relative to the root, of the packages that the bundles of some builds contain. */
export function rememberBundled(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = inputs.flatMap(input => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  mkdirSync('out', { recursive: true });
  writeFileSync(file, JSON.stringify([...new Set(folders)].sort(), null, 2));
}

/** Returns the folders of the bundled packages. @throws Error before a build */
export function bundledFolders(root) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8')).map(folder => path.join(root, folder));
}
